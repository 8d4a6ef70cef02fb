"""Areas over time: one amount, or the parts of a whole."""
