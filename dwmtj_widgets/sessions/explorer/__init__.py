"""The Explorer without its page."""
