"""The rule language: expressions over named variables, and five ways to read them."""
