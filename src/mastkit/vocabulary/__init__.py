"""Terms of the field: codes, labels and plain words, and the variables of a case sheet."""
