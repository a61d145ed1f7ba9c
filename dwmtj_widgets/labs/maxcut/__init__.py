"""The Max-cut Lab."""
