"""The Signal Lab."""
