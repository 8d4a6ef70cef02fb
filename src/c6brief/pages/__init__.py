"""HTML from a brief and a template.

``page`` renders a template in the sandbox of ``environment``; ``search`` finds its files and ``options`` reads its
``template.yaml``. ``arrange`` says where blocks stand, ``page_style`` what the style sheets mean for figures, and
``standalone`` makes one file of a page. ``scaffold`` starts a new template.
"""
