"""One generation of the index on disk: SQLite, FAISS vectors, manifest."""
