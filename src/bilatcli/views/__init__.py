"""One module per view: its declaration, its statement and its document."""
