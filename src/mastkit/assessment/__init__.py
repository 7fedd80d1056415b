"""Variables read from a record or a case sheet; rulebooks applied; what is missing."""
