"""What makes the data files, the generated pages and the pictures of this repository."""
