"""Parts of a page; they know arrays, colours and pixels, but no physics."""
