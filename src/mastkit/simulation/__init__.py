"""Invented people and diaries whose truth is known."""
