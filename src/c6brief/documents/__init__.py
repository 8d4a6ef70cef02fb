"""Text in, positions and problems out: the only room that reads the analyst's files.

Everything to the right of this room works on :class:`~c6brief.documents.document.Document` values, whose
every node knows where it was written, and reports into one
:class:`~c6brief.documents.problems.Problems`.
"""
