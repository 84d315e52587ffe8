"""Pages: bytes to text and lines, to sections and blocks, to rows and cells, to passages."""
