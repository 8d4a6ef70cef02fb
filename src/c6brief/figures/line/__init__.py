"""Lines: how values change over time."""
