"""Interactive, physically exact simulation of spintronic neural networks."""
