"""What Threads and Instagram have in common: Graph's errors, containers, and tokens that are exchanged for longer ones.

Not a network of its own: nothing here is in the registry.
"""
