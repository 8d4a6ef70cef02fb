"""Small multiples: a table cut into facets, panels laid on one sheet."""
