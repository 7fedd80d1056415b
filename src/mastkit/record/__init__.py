"""What is known about one person: facts, the record file, and the case sheet."""
