"""Parts of a page besides its views: keys, files, sharing, clocks, closing."""
