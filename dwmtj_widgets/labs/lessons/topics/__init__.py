"""The questions of each lesson, one module a lesson: texts, hints, and computation of the answers."""
