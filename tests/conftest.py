"""What every test may ask for by name, and which cases of a test run each time."""

import atexit
import os
import shutil
import tempfile
from collections import defaultdict

import pytest

from tests.support.project import folder

__all__ = ["folder"]

os.environ["C6BRIEF_CACHE_DIR"] = tempfile.mkdtemp(prefix="c6brief-tests-")
"""Nothing of a test is kept in the cache of whoever runs it, or read from there."""
atexit.register(shutil.rmtree, os.environ["C6BRIEF_CACHE_DIR"], ignore_errors=True)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Of a test with ``@pytest.mark.sample(n)``, mark all cases but n, evenly spread, as ``rest``.

    It comes first, since ``-m`` leaves items out by their marks.
    """
    cases: dict[tuple[str, str], list[pytest.Item]] = defaultdict(list)
    for item in items:
        if item.get_closest_marker("sample"):
            cases[item.path.as_posix(), getattr(item, "originalname", item.name)].append(item)
    for those in cases.values():
        marker = those[0].get_closest_marker("sample")
        assert marker is not None
        [most] = marker.args
        kept = {index * len(those) // most for index in range(most)}
        for index, item in enumerate(those):
            if index not in kept:
                item.add_marker(pytest.mark.rest)
