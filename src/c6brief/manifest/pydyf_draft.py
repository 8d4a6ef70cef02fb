"""The unfinished PDF, written aside so that its pages can be read before the file is.

The manifest holds the words of each page as a reader of the file will find them, and is itself a part of that file. So
the document is written once to memory, read, and then written for good with the manifest in it.

- Why: no call of pydyf or WeasyPrint gives the pages before the file is written.
- Uses: that ``PDF.write`` may be called twice, which pydyf does not promise: all that it changes is the list of objects
  (it adds the document's information to them), the position counted in ``current_position``, and the offset of each
  object, which the second call sets anew.
- Known version: pydyf 0.13.0.
- With another version: the same is done. Were more changed by writing, the file would not be as its manifest says.
- Test: ``test_writing_a_draft_changes_nothing`` in ``tests/house/test_private_parts.py`` compares a document written with and
  without a draft before; ``tests/verification/test_verify.py`` verifies printed files.
- Upstream: none asked for.
"""

from __future__ import annotations

import io
from typing import Any


def write_draft(pdf: Any) -> io.BytesIO:
    """The ``pydyf.PDF`` as it stands now, as a file in memory; ``pdf`` is left as it was.

    Streams of the draft are not compressed: its reader would only unpack them again.
    """
    objects, position = list(pdf.objects), pdf.current_position
    compressed = [each for each in objects if getattr(each, "compress", False)]
    for stream in compressed:
        stream.compress = False
    draft = io.BytesIO()
    pdf.write(draft)
    for stream in compressed:
        stream.compress = True
    pdf.objects[:] = objects
    pdf.current_position = position
    return draft
