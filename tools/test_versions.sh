#!/bin/sh
# Runs the tests with other versions of packages than the locked ones:
#
#   sh tools/test_versions.sh minimal|newest [ARGUMENTS OF PYTEST]
#
# minimal: the lowest versions that pyproject.toml allows of what it names, and the newest of what these ask for in turn.
# newest: the newest versions that pyproject.toml allows.
#
# The packages go into .venv-minimal or .venv-newest, beside .venv, which stays as it is. It needs uv and the network.
set -eu
cd "$(dirname "$0")/.."

which=$1
shift
case $which in
    minimal) resolution=lowest-direct ;;
    newest) resolution=highest ;;
    *) echo "usage: test_versions.sh minimal|newest [ARGUMENTS OF PYTEST]" >&2; exit 2 ;;
esac
folder=.venv-$which wanted=.venv-$which/requirements.txt

[ -x "$folder/bin/python" ] || .venv/bin/python -m venv "$folder"
uv pip compile pyproject.toml --all-extras --python "$folder/bin/python" --resolution $resolution --only-binary :all: \
    --upgrade --no-header --quiet --output-file "$wanted"
uv pip sync --python "$folder/bin/python" --only-binary :all: --quiet "$wanted"
"$folder/bin/python" -m ensurepip >/dev/null    # tests install the wheel with pip
uv pip install --python "$folder/bin/python" --no-index --no-deps --no-build-isolation --quiet --editable .

echo "Packages that are not as locked:"
"$folder/bin/python" - "$wanted" <<'PYTHON'
import re
import sys
from pathlib import Path

wanted, locked = (
    dict(re.findall(r"^([\w.-]+)==([\w.+!-]+)", Path(path).read_text(encoding="utf-8"), re.MULTILINE))
    for path in (sys.argv[1], "requirements.lock")
)
for name in sorted(wanted):
    if wanted[name] != locked.get(name):
        print(f"  {name} {wanted[name]} ({locked.get(name, 'not')} locked)")
PYTHON
exec "$folder/bin/python" -m pytest "$@"
