"""Tags that only the layouts use."""

from __future__ import annotations

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from genlyd.ui.stylesheets import addresses
from genlyd.ui.tokens import colours

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


@register.simple_tag
def mail_colours(accent: str = "") -> dict[str, str]:
    """The roles as #rrggbb for mail, `ink_3` for --ink-3; the dark ones as `dark_ink_3`."""
    light, dark = colours("light", accent or ""), colours("dark", accent or "")
    named = {name.replace("-", "_"): value for name, value in light.items()}
    return named | {f"dark_{name.replace('-', '_')}": value for name, value in dark.items()}
