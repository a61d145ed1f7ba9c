"""Editors of pixels, graphs and waveforms."""
