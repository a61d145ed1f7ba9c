"""What developers of the package run; no part of the package."""
