"""Who did what with which record, and when: written from the first day, shown to the owner."""
