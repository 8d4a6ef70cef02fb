"""Small multiples: one small chart for each value of a field, all on one scale."""
