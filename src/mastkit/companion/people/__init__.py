"""People whose record is kept here, the sections of a record, and who may see or add to which."""
