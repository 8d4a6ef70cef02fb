"""Manifest: what a printed brief records of itself, how that is attached to the PDF, and how both are read again.

``model`` defines the manifest and its seal. ``building`` makes an :class:`~c6brief.manifest.package.EvidencePackage`
of a composed brief, and ``package`` attaches it to the finished document (``attachments``, ``pydyf_draft``).
``page_words``, ``page_painting`` and ``word_search`` read pages as a reader of the file will find them,
``embedded_files`` the files inside it, ``file_identifier`` whether a single byte has changed. Printing and verification
use the same code for what both must see alike. Nothing here needs WeasyPrint.
"""
