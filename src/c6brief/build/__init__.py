"""Checking, rendering and watching briefs, as a program calls it. The command line prints the results.

``project_state`` reads a project. ``check`` finds problems; ``render`` writes files. A render is a list of jobs
(``jobs``, planned by ``plan`` and ``variants``), which an executor runs: this process, a pool of processes, or a Dask
cluster. Results that are up to date are not made again (``up_to_date``, with ``fingerprints`` and ``reads``). ``watch``
renders again after every save. Nothing here prints to the terminal.
"""

from __future__ import annotations

import time

PROCESS_STARTED = time.time()
"""The time at which this process began to load the code of this room, in seconds since the epoch.

:mod:`c6brief.build.reads` compares files of code with it: a file that was changed later may not be the one that was
loaded.
"""
