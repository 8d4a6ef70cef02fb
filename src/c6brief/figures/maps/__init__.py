"""Maps: outlines, projections, classes, and room for names."""
