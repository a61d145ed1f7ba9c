"""The Explorer."""
