"""Lets the scripts of .venv/bin start in a folder with any name: ``.venv/bin/python tools/mend_scripts.py .venv/bin``.

Where the path of a Python has a space or a quote, pip writes scripts that start it through ``sh``, with the path in double
quotes. There ``sh`` still expands ``$``, a backquote and a backslash: the script does not start, or runs what the name of the
folder says. In these scripts the path is replaced by the Python that lies beside them.
"""

import re
import stat
import sys
from pathlib import Path

BESIDE = b"""'''exec' "$(dirname "$(readlink -f "$0")")/python" "$0" "$@"\n' '''\n"""
_THROUGH_SH = re.compile(rb"""#!/bin/sh\n'''exec' .*? "\$0" "\$@"\n' '''\n""", re.DOTALL)


def mend_scripts(folder: Path) -> int:
    """Mend the scripts in ``folder``. Returns how many there were."""
    mended = 0
    for script in folder.iterdir():
        if not stat.S_ISREG(script.lstat().st_mode):
            continue
        data = script.read_bytes()
        if found := _THROUGH_SH.match(data):
            script.write_bytes(b"#!/bin/sh\n" + BESIDE + data[found.end() :])
            mended += 1
    return mended


if __name__ == "__main__":
    mend_scripts(Path(sys.argv[1]))
