"""The kinds of chart: one file, one kind. A new file here is a new kind; nothing else needs to know."""
