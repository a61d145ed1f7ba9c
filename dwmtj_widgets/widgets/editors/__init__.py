"""What a person draws into: pixels, graphs, waveforms."""
