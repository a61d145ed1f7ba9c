"""Views of a network: tracks, spheres, a neuron, pictures, meters."""
