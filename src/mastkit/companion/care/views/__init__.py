"""The views of care: each opens a record, asks a function of the reports or the follow-up, and renders."""
