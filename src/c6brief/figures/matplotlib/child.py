"""The process that runs the code of one figure: ``python -m c6brief.figures.matplotlib.child``.

It reads a request (JSON) from standard input, and writes a drawing or an error (JSON) to standard output. It ends with
the process that waits for it, and by itself when its time is up. That is no sandbox: the code has the rights of the user,
who trusts it. What is refused here is refused so that trust means what it says (only the trusted file is run) and the
same input gives the same bytes.
"""

from __future__ import annotations

import contextlib
import datetime
import faulthandler
import io
import json
import os
import random
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping
from os import _exit
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from c6brief.figures.drawing.canvas_renderer import CanvasRenderer
    from c6brief.figures.drawing.style import Style

CODE_NAME = "<the code of the figure>"
"""The name of the code's file in tracebacks: letters that faulthandler writes as they are."""

LONGEST_PRINTED = 10_000
"""Characters of what the code prints that are passed on."""

_SUFFIXES = (".py", ".pyc", ".pyd", ".so", ".dll", ".dylib")


def main() -> None:
    """Run the code of one request."""
    if len(sys.argv) > 1:
        _end_with_parent(int(sys.argv[1]))
    answer = os.dup(1)
    os.dup2(2, 1)  # what a library prints is no part of the answer
    request = json.load(sys.stdin.buffer)
    sys.stdin = io.StringIO()
    faulthandler.dump_traceback_later(request["seconds"], exit=True, file=answer)
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        result = _answer(request)
    faulthandler.cancel_dump_traceback_later()
    result["printed"] = printed.getvalue()[:LONGEST_PRINTED]
    whole = json.dumps(result).encode()
    while whole:
        whole = whole[os.write(answer, whole) :]
    _exit(0)  # threads and exit handlers of the code have no more to do


def _end_with_parent(lifeline: int) -> None:
    """Have the system end this process by SIGIO when the process that holds the other end of ``lifeline`` is gone."""
    import fcntl

    fcntl.fcntl(lifeline, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC)


class _Wrong(Exception):
    """An error that is told as it is, with a hint."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def _answer(request: Mapping[str, Any]) -> dict[str, Any]:
    try:
        return _draw(request)
    except MemoryError:
        return {"memory": True}
    except BaseException as error:  # SystemExit and KeyboardInterrupt of the code too
        return {"error": _describe(error)}


def _describe(error: BaseException) -> dict[str, Any]:
    """What went wrong, and the last place in the code that led to it."""
    where = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == CODE_NAME]
    place = None
    if where:
        last = where[-1]
        end = last.end_colno if last.end_lineno == last.lineno else None
        place = [last.lineno, last.colno or 0, end]
    if isinstance(error, _Wrong):
        return {"message": str(error), "hint": error.hint, "place": place}
    if isinstance(error, SystemExit):
        return {"message": "the code ends the process", "hint": "return from draw in place of it", "place": place}
    from c6brief.figures.drawing.canvas_renderer import NotDrawable

    said = " ".join("".join(traceback.format_exception_only(error)).split())
    if isinstance(error, NotDrawable):
        return {"message": str(error), "hint": "", "place": place, "words": error.words}
    hint = ""
    if isinstance(error, ImportError) and error.name:
        hint = f"is {error.name.partition('.')[0]} installed beside c6brief?"
    return {"message": said, "hint": hint, "place": place}


def _draw(request: Mapping[str, Any]) -> dict[str, Any]:
    style = _style_of(request)
    from c6brief.figures.drawing.canvas_backend import know_faces
    from c6brief.figures.drawing.fonts import drawing_settings
    from c6brief.figures.drawing.matplotlib_font_list import matplotlib
    from c6brief.figures.matplotlib.house_style import HouseStyle, house_settings
    from c6brief.figures.matplotlib.transfer import canvas_to_json

    reads: list[str] = []
    _watch_files(request["root"], request["packages"], reads)
    with drawing_settings(request["id"], style):
        settings: Any = house_settings(request["house"], know_faces(style))
        house = HouseStyle(**request["house"], rcParams=settings)
        with matplotlib.rc_context(settings):
            function = _function(request)
            first, said = _run(function, request, house, style, matplotlib.rc_context)
            drawn = canvas_to_json(first)
            again, _ = _run(function, request, house, style, matplotlib.rc_context)
            if canvas_to_json(again) != drawn:
                hint = "give random numbers a seed (numpy.random.default_rng(1); seaborn: seed=1), and use no clock"
                raise _Wrong("the code draws something else each time", hint)
    return {"drawing": drawn, "said": said, "reads": sorted(set(reads))}


def _style_of(request: Mapping[str, Any]) -> Style:
    from c6brief.figures.drawing.style import FontFile, Style

    return Style(**{**request["style"], "faces": tuple(FontFile(**face) for face in request["style"]["faces"])})


def _function(request: Mapping[str, Any]) -> Callable[..., Any]:
    names: dict[str, Any] = {"__name__": "figure_code", "__file__": request["path"]}
    exec(compile(request["code"], CODE_NAME, "exec", dont_inherit=True), names)
    function = names.get("draw")
    if not callable(function):
        raise _Wrong("the code has no function draw", "write: def draw(figure, table, style):")
    return function  # type: ignore[no-any-return]


def _run(
    function: Callable[..., Any], request: Mapping[str, Any], house: Any, style: Style, settings: Callable[..., Any]
) -> tuple[Any, list[str]]:
    """The sheet that ``function`` makes of a new figure, and what its texts say."""
    from matplotlib.figure import Figure

    from c6brief.figures.drawing.canvas_backend import FigureCanvas, draw_figure

    _seed()
    with settings():
        figure = Figure((house.width / 72, house.height / 72))
        FigureCanvas(figure).style = style
        chosen = _figure_of(function(figure, _records(request), house), figure)
        if chosen is not figure:
            width, height = chosen.get_size_inches()
            chosen.set_size_inches(house.width / 72, house.width / 72 * height / width)
        if not chosen.axes and not chosen.get_children()[1:]:
            raise _Wrong("nothing was drawn", "draw on the figure that is given, or return one")
        width, height = (float(inches) * 72 for inches in chosen.get_size_inches())
        if abs(width - house.width) > 0.01:
            raise _Wrong(
                f"the figure is {width:g} pt wide; it is printed {house.width:g} pt wide", "set its height alone"
            )
        if not 0 < height <= request["highest"]:
            raise _Wrong(
                f"the figure is {height:g} pt high; at most {request['highest']} are printed", "make it less high"
            )
        renderer: CanvasRenderer = draw_figure(chosen, style)
        if pyplot := sys.modules.get("matplotlib.pyplot"):
            pyplot.close("all")
    return renderer.canvas, renderer.said


def _figure_of(returned: Any, given: Figure) -> Figure:
    """The figure to print: the one given, or what the code has returned (a figure, axes, a plot of seaborn or plotnine)."""
    from matplotlib.figure import Figure

    if returned is None:
        return given
    for name in ("", "figure", "fig"):
        found = getattr(returned, name, None) if name else returned
        if isinstance(found, Figure):
            return found
    drawn = returned.draw() if type(returned).__module__.partition(".")[0] == "plotnine" else None
    if isinstance(drawn, Figure):
        return drawn
    raise _Wrong(f"draw has returned a {type(returned).__name__}", "return a Matplotlib figure, or nothing")


def _records(request: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows of the table as records, by the names of fields. Dates are dates."""
    days = {name for name, kind in request["fields"] if kind == "date"}
    names = [name for name, _ in request["fields"]]

    def value(name: str, cell: Any) -> Any:
        return datetime.date.fromisoformat(cell) if name in days and isinstance(cell, str) else cell

    return [{name: value(name, cell) for name, cell in zip(names, row, strict=True)} for row in request["rows"]]


def _seed() -> None:
    """Begin the random numbers of Python and of NumPy's old functions anew: seaborn's jitter, for one, takes them."""
    random.seed(0)
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed(0)


def _watch_files(root: str, packages: list[str], reads: list[str]) -> None:
    """Refuse code of the project beside the trusted file, and note which other files of the project are read."""
    above = os.path.join(os.path.realpath(root), "")
    allowed = tuple(os.path.join(os.path.realpath(path), "") for path in packages)

    def look(event: str, arguments: tuple[Any, ...]) -> None:
        if event != "open" or not isinstance(arguments[0], (str, bytes)):
            return
        flags = arguments[2]
        if isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR):
            return
        path = os.path.realpath(os.fsdecode(arguments[0]))
        if not path.startswith(above) or path.startswith(allowed):
            return
        if path.endswith(_SUFFIXES):
            message = "it is not trusted: only the file that the chart names is; put all into one file"
            raise PermissionError(13, message, os.path.relpath(path, above))
        reads.append(path)

    sys.addaudithook(look)


def packages_of_python() -> Iterator[str]:
    """The folders whose code may be run: c6brief's own, Python's, and those of installed packages."""
    from c6brief.documents.boundary import PACKAGE

    yield from (PACKAGE, sys.prefix, sys.base_prefix)
    yield from (path for path in sys.path if path)


if __name__ == "__main__":
    main()
