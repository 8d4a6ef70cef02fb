"""Manifest: what a printed brief records of itself, how that is attached to the PDF, and how both are read again.

``model`` defines the manifest and its seal. ``building`` makes an :class:`~c6brief.manifest.package.EvidencePackage`
of a composed brief, and ``package`` attaches it to the finished document (``attachments``, ``pydyf_draft``).
``page_words`` and ``word_search`` read pages as a reader of the file will find them, ``embedded_files`` the files inside it.
``pdf_syntax`` and ``pdf_file`` read a file strictly, ``pdf_grammar`` says what ours have in them, and ``document_parts``
hashes all that is seen or heard; ``page_painting`` does so as the first edition of manifests has it. ``prose`` gives the
brief's own words. Printing and verification
use the same code for what both must see alike. Nothing here needs WeasyPrint.
"""
