"""Timings of mastkit beside its peers."""
