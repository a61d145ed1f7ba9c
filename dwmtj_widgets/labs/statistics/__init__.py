"""The Statistics Lab."""
