"""wardbook: cited answers from a clinical unit's own Markdown pages."""

__version__ = "0.1.0"
