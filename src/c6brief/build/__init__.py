"""What a program calls to check, render and watch briefs; the command line puts its results into words.

``project_state`` reads a project once; ``check`` and ``render`` are the two ways through the house. A render is parted into
jobs (``jobs``, planned by ``plan`` and ``variants``) that an executor runs: this process, a pool, a Dask cluster. What was
made before and is up to date is not made again: ``up_to_date``, with ``fingerprints`` and ``reads``. ``watch`` renders again
after every save. Nothing here prints to the terminal.
"""

from __future__ import annotations

import time

PROCESS_STARTED = time.time()
"""Seconds since the epoch: when this process began to load the code of this room.

:mod:`c6brief.build.reads` compares it with the times of files of code: a file changed since may not be the one loaded.
"""
