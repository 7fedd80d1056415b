"""Encrypted backups with a readable manifest and checksums; what is stored in them, and how it comes back."""
