"""Layouts of the database, one file a change."""
