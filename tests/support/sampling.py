"""A sample for every run, the others for ``make test-rest``."""

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
