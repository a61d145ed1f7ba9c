"""The experiments of the lessons without their pages."""
