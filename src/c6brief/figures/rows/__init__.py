"""Where the rows of a chart come from: tables, series of values, evidence counted. Nothing here imports Matplotlib."""
