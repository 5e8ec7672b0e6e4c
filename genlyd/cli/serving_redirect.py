"""What granian loads in the redirect process."""

from genlyd.cli.lifeline import die_with_parent
from genlyd.links.redirect.app import app

die_with_parent()

__all__ = ["app"]
