"""Doses: rows and sentences read into typed regimens, looked up, computed, checked, never generated."""
