"""Tags that only the layouts use."""

from __future__ import annotations

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from genlyd.ui.stylesheets import addresses

register = template.Library()


@register.simple_tag
def stylesheets() -> SafeString:
    """Links to the style sheets: one file where they were collected and joined, each by itself in development."""
    return format_html_join(
        "\n", '<link rel="stylesheet" href="{}">', ((address,) for address in addresses())
    )


@register.simple_tag
def preload_font(name: str) -> SafeString:
    return format_html(
        '<link rel="preload" as="font" type="font/woff2" href="{}" crossorigin>',
        static(f"ui/fonts/{name}.woff2"),
    )
