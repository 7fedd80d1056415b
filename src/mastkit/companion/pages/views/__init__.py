"""The views of the pages: each opens a record, asks a view-model, and renders."""
