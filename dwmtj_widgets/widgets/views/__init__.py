"""What a network looks like: tracks, spheres, a neuron, pictures, meters."""
