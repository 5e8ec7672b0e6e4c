"""Proof that no click is lost and none counted twice: minutes of load while everything dies, both sides counted."""
