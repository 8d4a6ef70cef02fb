"""Dots: values of categories on one scale, and their ranges."""
