from genlyd.links.actions.create import create_link
from genlyd.links.actions.privacy import change_privacy
from genlyd.links.actions.publish import mark_published
from genlyd.links.actions.retire import retire_link

__all__ = ["change_privacy", "create_link", "mark_published", "retire_link"]
