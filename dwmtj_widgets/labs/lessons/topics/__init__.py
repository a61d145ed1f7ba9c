"""What each lesson asks, one module a lesson: questions, hints, and how the engine finds the answers."""
