"""The Signal Lab without its page."""
