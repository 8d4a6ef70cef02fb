"""Files of others become texts of sources, with what may be taken from them: ``c6brief add`` and ``c6brief accept``.

Begin at :mod:`formats <c6brief.ingest.formats>` (a file is read), :mod:`proposing <c6brief.ingest.proposing>` (what its text
holds is proposed) and :mod:`accepting <c6brief.ingest.accepting>` (what a person has accepted goes into ``seeds/``).
"""
