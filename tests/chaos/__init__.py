"""Proof that nothing is posted twice and nothing is lost, posts and clicks: `make chaos`, short in `make test`.

Every network's test server stands behind a proxy that breaks calls. Two workers deliver, are killed at random, and have
clocks that jump; the database stops dead and starts again. In the end the posts are counted on the servers.
"""
