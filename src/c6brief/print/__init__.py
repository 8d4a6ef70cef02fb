"""Print: a page of HTML becomes a PDF. The only room that knows WeasyPrint."""
