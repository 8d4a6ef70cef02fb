"""Lines over time: lines, areas, slopes, and what stands at their ends."""
