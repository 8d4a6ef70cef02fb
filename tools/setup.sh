#!/bin/sh
# Makes .venv with exactly the packages of requirements.lock, and c6brief itself on top as an editable install.
# make runs this when the stamp .venv/.ready is missing or older than what it depends on.
#
# What the system must have: Python 3.11 or newer with its venv module, and Pango. What is missing is installed
# where that is allowed (root, apt-get); elsewhere the command that installs it is printed, and this ends with 1. Without
# HarfBuzz-subset, Java and Chromium it goes on.
set -eu
cd "$(dirname "$0")/.."

log=$(mktemp)
trap 'rm -f "$log"' EXIT
trap 'exit 130' INT TERM HUP

say() { echo "setup: $*"; }
stop() { echo "setup: $*" >&2; exit 1; }
quietly() {     # runs a command and shows what it printed only if it fails
    "$@" >"$log" 2>&1 </dev/null || { cat "$log" >&2; stop "this failed: $*"; }
}

is_new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

loads() {       # do these shared libraries load? WeasyPrint looks for them in the same two ways
    "$python" -c '
import ctypes, ctypes.util, sys
for name in sys.argv[1:]:
    try:
        ctypes.CDLL(f"lib{name}.so.0")
    except OSError:
        if not ctypes.util.find_library(name):
            sys.exit(1)' "$@"
}

look() {        # sets python, and what is missing: in words, and as packages of Debian, Fedora and Homebrew
    python='' missing='' debian='' fedora='' brew=''
    if [ -n "${PYTHON:-}" ]; then set -- "$PYTHON"; else set -- python3.11 python3.12 python3.13 python3; fi
    for candidate in "$@"; do
        if is_new_enough "$candidate"; then python=$candidate; break; fi
    done
    if [ -z "$python" ]; then
        [ -z "${PYTHON:-}" ] || stop "PYTHON=$PYTHON is not a Python 3.11 or newer"
        need 'Python 3.11 or newer' 'python3 python3-venv' python3 python
    elif ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        need "Python's venv module" "python$version-venv" python3 python
    fi
    if [ -z "$python" ] || ! loads pango-1.0 pangoft2-1.0; then
        need Pango 'libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0' 'pango harfbuzz' pango
    fi
}
need() {
    missing="${missing:+$missing and }$1" debian="$debian $2" fedora="$fedora $3" brew="$brew $4"
}

may_install() { [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; }
apt_install() {
    say "installing with apt-get:$1"
    quietly apt-get update
    # shellcheck disable=SC2086
    quietly env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $1
}
command_for() { # the one command that installs what is missing on this system
    if command -v apt-get >/dev/null; then echo "    sudo apt-get install -y$debian"
    elif command -v dnf >/dev/null; then echo "    sudo dnf install -y$fedora"
    elif [ "$(uname)" = Darwin ]; then echo "    brew install$brew"
    else
        echo "    Debian, Ubuntu:  sudo apt-get install -y$debian"
        echo "    Fedora:          sudo dnf install -y$fedora"
        echo "    macOS:           brew install$brew"
    fi
}

here=$(pwd -P)
case $here in *'
'*) stop "the path of this folder has a line feed, and Python loads no package from there: rename the folder" ;; esac

# 1. The system
look
if [ -n "$missing" ] && may_install; then
    apt_install "$debian"
    look
fi
if [ -n "$missing" ]; then
    {
        echo "setup: not found: $missing. This installs it; then run make again:"
        command_for
        if [ "$(uname)" = Darwin ]; then
            echo "If it is installed: only Homebrew's Python finds it. make PYTHON=\"\$(brew --prefix)/bin/python3\" ..."
        fi
    } >&2
    exit 1
fi
if ! loads harfbuzz-subset; then
    debian=' libharfbuzz-subset0' fedora=' harfbuzz' brew=' harfbuzz'
    if may_install; then
        apt_install "$debian"
    else
        say "without HarfBuzz-subset, rendering takes 1.7 times as long. To install it:"
        command_for
    fi
fi

# Java runs veraPDF, which the tests hold every file against; the tool itself never needs it. macOS has a java that only
# says where to get one.
has_java() { command -v java >/dev/null && java -version >/dev/null 2>&1; }
if ! has_java; then
    debian=' default-jre-headless' fedora=' java-latest-openjdk-headless' brew=' openjdk'
    if may_install; then
        (apt_install "$debian") || true     # no network, say: set-up goes on
    fi
    if ! has_java; then
        say "without Java, the tests do not validate PDF/A and PDF/UA. To install a runtime:"
        command_for
    fi
fi

# Chromium shows the preview to the tests; the tool itself opens whatever browser there is.
has_chromium() { { command -v chromium || command -v chromium-browser; } >/dev/null && command -v chromedriver >/dev/null; }
if ! has_chromium; then
    debian=' chromium chromium-driver' fedora=' chromium chromedriver' brew=' --cask chromium chromedriver'
    if may_install; then
        (apt_install "$debian") || true
    fi
    if ! has_chromium; then
        say "without Chromium and its driver, the tests do not look at the preview. To install them:"
        command_for
    fi
fi

# Poppler copies the words of pages in the tests, one reader of three.
if ! command -v pdftotext >/dev/null; then
    debian=' poppler-utils' fedora=' poppler-utils' brew=' poppler'
    if may_install; then
        (apt_install "$debian") || true
    fi
    if ! command -v pdftotext >/dev/null; then
        say "without Poppler, the tests copy words from pages with two readers only. To install it:"
        command_for
    fi
fi

# strace tells the tests which files the tool opens. There is none for macOS.
if ! command -v strace >/dev/null && [ "$(uname)" = Linux ]; then
    debian=' strace' fedora=' strace' brew=''
    if may_install; then
        (apt_install "$debian") || true
    fi
    if ! command -v strace >/dev/null; then
        say "without strace, the tests do not see which files the tool opens. To install it:"
        command_for
    fi
fi

# 2. The virtual environment. The stamp holds this folder's path and is written last: an interrupted set-up or a
#    folder that was moved starts from nothing.
stamp=.venv/.ready
if [ "$(cat $stamp 2>/dev/null)" != "$here" ] || ! .venv/bin/python -c '' 2>/dev/null; then
    say "making .venv with $("$python" --version)"
    quietly "$python" -m venv --clear .venv
fi
rm -f $stamp

pip() { quietly .venv/bin/python -m pip --disable-pip-version-check --quiet --no-input "$@"; }
say "installing the packages of requirements.lock (the first time, about a minute)"
pip install --require-hashes --only-binary :all: --requirement requirements.lock
say "installing c6brief itself"
pip install --no-index --no-deps --no-build-isolation --editable .
# pip compiles what it installs, but not what stays where it is; and where PYTHONDONTWRITEBYTECODE is set nobody else does.
.venv/bin/python -m compileall -q src/c6brief

.venv/bin/python tools/mend_scripts.py .venv/bin
quietly .venv/bin/c6brief --version
printf '%s\n' "$here" >$stamp
say "done"
