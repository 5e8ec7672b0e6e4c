from __future__ import annotations

import re

import pytest
from django.template import engines
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


@pytest.mark.journey
def test_a_long_address_does_not_widen_a_phones_page(browser):
    body = '{% extends "ui/mail.html" %}{% block body %}<p>https://a.dk/{{ word }}</p>{% endblock %}'
    mail = engines["django"].from_string(body).render({**CONTEXT, "word": "x" * 150})
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.set_content(mail)
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.close()
