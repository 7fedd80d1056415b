"""Forms made from a table: one row a kind of fact, one small reader for all of them."""
