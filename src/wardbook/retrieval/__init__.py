"""A query to ranked passages; the only place that imports llama-index."""
