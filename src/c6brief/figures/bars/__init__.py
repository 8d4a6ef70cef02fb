"""Bars: numbers to lengths, names and sums, and how several series are told apart."""
