"""A sample for every run, the others for ``make test-rest``.

Where any cases will do, ``@pytest.mark.sample(n)`` is enough (``tests/conftest.py``).
"""

import os
from collections.abc import Iterable
from typing import Any

import pytest


def sampled(values: Iterable[Any], *sample: Any) -> list[Any]:
    """Parameters of which those of the sample run in ``make test``, and the others are marked ``rest``.

    A value that is a tuple stands for several arguments.
    """
    values = list(values)
    assert set(sample) <= set(values), "the sample is taken from the values"
    return [
        pytest.param(
            *(value if isinstance(value, tuple) else (value,)), marks=[] if value in sample else pytest.mark.rest
        )
        for value in values
    ]


def examples(most: int) -> int:
    """How many examples Hypothesis makes for a test marked ``thorough``: ``most`` in ``make test-rest``, a quarter else."""
    return most if os.environ.get("C6BRIEF_THOROUGH") else max(most // 4, 5)
