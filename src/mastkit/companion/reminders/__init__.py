"""Reminders by e-mail: off until a person turns them on, never the only place where anything stands.

Every thing that an e-mail can remind of stands on the page of what is due. Nothing of a running flare or an
emergency is among them.
"""
