"""Sharing a record: grants to helpers and clinicians, links for people without an account, and who looked."""
