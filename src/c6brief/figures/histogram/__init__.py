"""Histograms: how many things have about which value."""
