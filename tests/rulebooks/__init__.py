"""Tests of the rules against the documents."""
