from __future__ import annotations

import re

from django.template.loader import render_to_string

CONTEXT = {
    "organisation": {"name": "Fjord & Co", "accent": "#004488"},
    "subject": "Hello",
    "unsubscribe_url": "https://g.example/u",
}


def test_mail_needs_nothing_from_the_outside():
    html = render_to_string("ui/mail.html", CONTEXT)
    assert "var(--" not in html
    assert not re.search(r'(src|href)="(?!https://g\.example/u)', html)
    assert "#004488" in html


def test_the_text_twin_is_text():
    text = render_to_string("ui/mail.txt", CONTEXT)
    assert "Fjord & Co" in text
    assert "<" not in text
    assert "https://g.example/u" in text


def test_an_organisation_without_a_colour_gets_ours():
    assert "background:#" in render_to_string("ui/mail.html", {"organisation": {"name": "x", "accent": ""}})
