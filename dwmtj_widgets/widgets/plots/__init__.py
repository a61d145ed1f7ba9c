"""Curves, maps, histograms and recordings."""
