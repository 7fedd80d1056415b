"""What follows a diagnosis: sampling windows, reactions, screening, and what is due."""
