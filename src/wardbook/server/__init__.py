"""The chat service and its page."""
