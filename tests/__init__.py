"""Tests of mastkit."""
