"""Drafts that exist: Word, OpenDocument and Markdown files, read to find their quotations and to make specifications of them."""
