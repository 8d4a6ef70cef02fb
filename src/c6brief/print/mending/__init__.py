"""Pages mended by laying them out again: see :mod:`c6brief.print.mending.mend`.

``figures`` moves figures that leave a hole; ``notes`` and ``quotes`` fit notes and the quotations of the margin to the
pages; ``trials`` tries the remedies of the page rules; ``spacing`` saves or fills a short last page; ``grid`` sets
prose below figures at the height of the lines on facing pages. Boxes are those of
:mod:`c6brief.print.weasyprint_document`.
"""
