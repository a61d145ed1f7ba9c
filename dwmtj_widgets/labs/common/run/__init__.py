"""A run on a page: its desk, its readings and news, and what is taken away of it."""
