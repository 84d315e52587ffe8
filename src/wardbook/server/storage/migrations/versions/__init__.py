"""Changes of the layout, in order."""
