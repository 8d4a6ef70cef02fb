"""Maps: where countries and places lie, and values by tone."""
