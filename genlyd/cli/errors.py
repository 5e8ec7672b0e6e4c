from __future__ import annotations


class CannotStart(Exception):
    """Something outside of Genlyd stands in the way. The message says what, and how to mend it."""
