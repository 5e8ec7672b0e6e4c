"""What granian loads in each web process."""

from genlyd.cli.lifeline import die_with_parent
from genlyd.config.wsgi import application as site

die_with_parent()

__all__ = ["site"]
