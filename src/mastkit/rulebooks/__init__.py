"""The published rules, one module a publication, written in the rule language."""
