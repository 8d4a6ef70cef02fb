"""Layouts of one HTML document, one after the other, each with what has not changed of the one before.

Mending (:mod:`c6brief.print.mending`) lays a document out many times, and each time only a few styles have changed, or
a figure has moved. :class:`~c6brief.print.weasyprint_layouts.layouts.Layouts` gives the very pages that WeasyPrint
would give, and makes only those anew that the change reaches. A page that was taken over is the same ``Page`` object as
before.

``layouts`` is what others use, with the ``callbacks`` that they may give. ``repeated_layout`` lays out; of what it
needs, ``computed_styles`` computes styles, ``style_cache`` keeps those that are known, ``box_trees`` finds what has
changed, ``page_making`` makes pages or takes them over, ``page_records`` is what is remembered of them, ``line_cache``
and ``note_heights`` remember how text was broken and how tall notes stand, ``finishing`` adds running lines, and
``document_versions`` lets a document that was edited keep its elements.

- Why: a brief is laid out one to six times; laid out in full each time, printing takes up to one and a half times as
  long, and printing after an edit in a warm process four times as long.
- Uses: it does in other words what ``StyleFor``, ``Document._render``, ``make_all_pages``, ``remake_page`` and
  ``layout_document`` do; it replaces ``split_first_line``, ``strut`` and ``inline_min_content_width`` while it lays
  out; and it is a subclass of ``StyleFor`` and of ``LayoutContext``.
- Known version: :data:`~c6brief.print.weasyprint_version.KNOWN`.
- With another version: the document is laid out in full every time; prose below figures is then not moved to the grid.
  The same is done with a document that uses what is not followed here: ``target-counter()`` and counters of pages in
  the text, running elements, ``@note-area``.
- Test: ``tests/print/test_weasyprint_layouts.py`` compares both ways, box for box, and holds the source of what is done in other words
  against hashes.
- Upstream: Kozea/WeasyPrint #652 (pages that page counters do not reach are taken over, within one layout); nothing is
  planned between layouts.
"""
