"""The pages: each opens a record, asks the domain, and renders."""
