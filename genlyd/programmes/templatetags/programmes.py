from __future__ import annotations

from django import template

from genlyd.people.models import Member

register = template.Library()


@register.filter
def place(member: Member) -> str:
    """Job title, department and location, as far as they are known; select both teams beforehand."""
    parts = (member.title, member.department, member.location)
    return "\N{NO-BREAK SPACE}· ".join(str(part) for part in parts if part)
