"""Accounts: sign-in by allauth with passkeys and one-time codes; one-time links in place of open sign-up."""
