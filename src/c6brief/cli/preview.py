"""``c6brief preview``: the pages of a brief in the browser, rendered again after every save."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from pathlib import Path

from c6brief.build.options import RenderOptions
from c6brief.build.warm_process import warm_renderer
from c6brief.build.watch import inputs_of, render_on_changes
from c6brief.cli.render import report_warm
from c6brief.cli.report import report
from c6brief.documents.files import display_name
from c6brief.documents.problems import Problems
from c6brief.preview.session import Session


def preview(path: Path, options: RenderOptions, port: int, opens_browser: bool) -> int:
    """Serve the pages of the brief at ``path`` until Ctrl-C. Returns the exit status.

    ``port`` 0 takes a free one. Each render writes the PDF as ``render`` does, and its problems are shown beside the
    pages. The problem ``no-project`` ends the command.
    """
    renderer = warm_renderer([path], options)
    problems = Problems()
    inputs = inputs_of([path], options, problems)
    if inputs is None:
        return report(problems, [])
    try:
        session = Session(path, port)
    except (OSError, OverflowError) as error:
        why = getattr(error, "strerror", None) or str(error)
        print(f"c6brief: port {port} cannot be used: {why}; leave --port out to take a free one", file=sys.stderr)
        return 2
    print(f"preview of {display_name(path)}: {session.url}\nCtrl-C ends it", flush=True)
    with ExitStack() as opened:
        opened.callback(session.close)
        try:
            if opens_browser:
                try:
                    opened.enter_context(session.open_browser())
                except OSError as error:
                    print(f"c6brief: no browser was opened: {error.strerror}", file=sys.stderr)
            for result in render_on_changes(renderer, inputs, session.feed.begin):
                session.show(result)
                report_warm(result)
        except KeyboardInterrupt:
            print("\nended", flush=True)
    return 0
