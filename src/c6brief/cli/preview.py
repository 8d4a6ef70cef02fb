"""``c6brief preview``: a brief's pages in the browser, set anew after every save."""

from __future__ import annotations

import sys
import threading
import webbrowser
from pathlib import Path

from c6brief.cli.render import RenderOptions
from c6brief.cli.telling import told
from c6brief.cli.watch import Run, WarmRenderer, prints, tell
from c6brief.documents.files import display_name
from c6brief.documents.problems import Problems
from c6brief.preview.edition import PreviewState
from c6brief.preview.server import Server
from c6brief.preview.stage import Stage


def preview_brief(path: Path, wanted: RenderOptions, port: int, show: bool) -> int:
    """Serve the pages of the brief at ``path`` until Ctrl-C, and ``show`` them in a browser. Returns the exit status.

    ``port`` 0 takes a free one. Each print writes the PDF as ``render`` does. Problems: those of rendering, which are
    shown beside the pages, and ``no-project``, which ends it.
    """
    press = WarmRenderer([path], wanted)
    problems = Problems()
    inputs = press.inputs(problems)
    if inputs is None:
        return told(problems, [])
    stage = Stage(f"{path.stem}.pdf")
    try:
        server = Server(stage, port)
    except (OSError, OverflowError) as reason:
        why = getattr(reason, "strerror", None) or str(reason)
        print(f"c6brief: port {port} cannot be used: {why}; leave --port out to take a free one", file=sys.stderr)
        return 2
    threading.Thread(target=server.serve_forever, name="preview", daemon=True).start()
    print(f"preview of {display_name(path)}: {server.url}\nCtrl-C ends it", flush=True)
    if show:
        # Some systems start a browser only after a while; the pages need not wait for it.
        threading.Thread(target=webbrowser.open, args=(server.url,), daemon=True).start()
    try:
        for run, changed, seconds in prints(press, inputs, stage.setting):
            stage.show(_edition(path, run, press), run.problems)
            tell(run, changed, seconds)
    except KeyboardInterrupt:
        print("\nended", flush=True)
    finally:
        stage.close()
        server.shutdown()
        server.server_close()
    return 0


def _edition(path: Path, run: Run, press: WarmRenderer) -> PreviewState | None:
    """What was written, as it lies on the disk; ``None`` where nothing was."""
    if path not in run.files:
        return None
    [base] = press.bases.values()
    return PreviewState(run.files[path].read_bytes(), run.printed[path].rests_on, base.evidence.texts)
