"""How much Instagram lets an account post.

Meta's pages name 25, 50 and 100 posts in 24 hours; the account's own number is read before each post
(`content_publishing_limit`). This one only keeps a queue from asking in vain. Read on 2026-11-23.
"""

from genlyd.networks.domain.quota import Call, Quota

QUOTAS = (Quota(key="posts", most=100, costs={Call.POST: 1}),)
