"""Labs without a page: what a person does, what came of it, and how it is taken away and brought back."""
