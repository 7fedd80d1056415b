"""The key of the store: made once, kept only locked, opened by what the owner knows or keeps elsewhere."""
