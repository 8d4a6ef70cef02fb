"""Points: dot plots, scatter plots, histograms, and room for names beside them."""
