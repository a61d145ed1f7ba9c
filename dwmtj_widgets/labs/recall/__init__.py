"""The Recall Lab."""
