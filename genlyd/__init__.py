"""Genlyd: people tell their organisation's stories in their own words."""

__version__ = "0.1.0"
