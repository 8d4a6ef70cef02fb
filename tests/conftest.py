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
os.environ["C6BRIEF_CONFIG_DIR"] = tempfile.mkdtemp(prefix="c6brief-tests-")
"""No test trusts code for whoever runs it, and no code that they trust is trusted in a test."""
atexit.register(shutil.rmtree, os.environ["C6BRIEF_CONFIG_DIR"], ignore_errors=True)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark which cases of a test run when.

    Of a test with ``@pytest.mark.sample(n)`` all cases but n, evenly spread, are ``rest``; of what is ``rest`` of a test
    with ``@pytest.mark.rest_sample(n)``, all but n are ``campaign``. This comes first, since ``-m`` looks at marks.
    """
    _sample(items, "sample", pytest.mark.rest)
    for item in items:
        if item.get_closest_marker("campaign"):
            item.add_marker(pytest.mark.rest)
    _sample([item for item in items if item.get_closest_marker("rest")], "rest_sample", pytest.mark.campaign)


def _sample(items: list[pytest.Item], name: str, others: pytest.MarkDecorator) -> None:
    """Give the mark ``others`` to all cases of a test but as many as its mark ``name`` says."""
    cases: dict[tuple[str, str], list[pytest.Item]] = defaultdict(list)
    for item in items:
        if item.get_closest_marker(name):
            cases[item.path.as_posix(), getattr(item, "originalname", item.name)].append(item)
    for those in cases.values():
        marker = those[0].get_closest_marker(name)
        assert marker is not None
        [most] = marker.args
        kept = {index * len(those) // most for index in range(most)}
        for index, item in enumerate(those):
            if index not in kept:
                item.add_marker(others)
