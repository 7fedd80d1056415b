"""Other ways to run the same criteria, to measure against."""
