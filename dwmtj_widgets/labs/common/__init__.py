"""Parts that labs share: the page, its cards, the desk of a run, sharing and saving."""
