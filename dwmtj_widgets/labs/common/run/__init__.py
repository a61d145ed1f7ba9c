"""A run on a page: its desk, readings, announcements and files."""
