"""Labs without a page: settings, actions, results, and sharing."""
