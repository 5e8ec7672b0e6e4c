"""Answered and not recorded: none, whatever breaks. Both sides are counted, visitor by visitor and row by row."""
