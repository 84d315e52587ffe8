"""The service's addresses: they translate, and nothing more."""
