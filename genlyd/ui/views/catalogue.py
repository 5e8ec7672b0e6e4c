"""The living catalogue: every component as it is now, drawn from its own declaration. Development and tests only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.utils import timezone
from django.utils.safestring import SafeString

from genlyd.ui import charts
from genlyd.ui.access import public
from genlyd.ui.components.engine import COMPONENTS
from genlyd.ui.forms import DateField

LAYOUTS = {"participant", "lead", "plain"}


@dataclass(frozen=True)
class DemoPerson:
    name: str


class DemoForm(forms.Form):
    name = forms.CharField(label="Name", help_text="As colleagues know you.")
    day = DateField(label="Day", required=False)
    words = forms.CharField(label="In your own words", widget=forms.Textarea, required=False)
    team = forms.ChoiceField(label="Team", choices=[("a", "Ward 4"), ("b", "Finance")], required=False)
    networks = forms.MultipleChoiceField(
        label="Networks",
        choices=[("l", "LinkedIn"), ("b", "Bluesky"), ("m", "Mastodon")],
        widget=forms.CheckboxSelectMultiple,
        help_text="Where you would like to share.",
    )
    often = forms.ChoiceField(
        label="How often", choices=[("1", "Once a week"), ("2", "Twice")], widget=forms.RadioSelect
    )
    picture = forms.FileField(label="Picture", required=False)
    agree = forms.BooleanField(label="I take part because I want to", help_text="You can stop at any time.")


def demo_charts(today: date) -> dict[str, charts.Chart]:
    week = timedelta(days=7)
    start = today - 9 * week
    visits = [12, 40, 95, 130, None, 260, 390, 520, 760, 1284]
    return {
        "demo_line": charts.line(
            "Visits", "1,284 visits so far, 240 behind the pace to 2,000.",
            [charts.Point(start + at * week, value) for at, value in enumerate(visits)], label="Visits",
            pace=[charts.Point(start, 0), charts.Point(start + 12 * week, 2000)], pace_label="Target 2,000",
        ),
        "demo_bars": charts.bars(
            "Visits per share", "LinkedIn brings most visits per share: 34.7.",
            [charts.Bar("LinkedIn", 34.7), charts.Bar("Bluesky", 12.2), charts.Bar("Facebook", 8),
             charts.Bar("Mastodon", None)],
            label="Visits per share", of="Network", digits=1,
        ),
        "demo_intervals": charts.intervals(
            "What made a difference", "Posts with a picture of a person brought 1.2 to 2.2 times as many visits.",
            [charts.Interval("With a picture of a person", 1.62, 1.2, 2.2),
             charts.Interval("LinkedIn against Bluesky", 1.1, 0.7, 1.8), charts.Interval("In own words", None)],
            of="Question", less="fewer visits", more="more visits",
        ),
        "demo_rings": charts.rings(
            "Resonance", "37 colleagues shared, 420 people visited, about 3,100 may have seen it.",
            [charts.Ring("shared", 37), charts.Ring("visited", 420), charts.Ring("may have seen it", 3100)],
            of="Distance", label="People",
        ),
        "demo_spark": charts.sparkline("Visits", "Rising for three weeks.", [3, 5, 4, 9, 8, 14, 21]),
    }  # fmt: skip


def demo_context() -> dict[str, Any]:
    """What the examples name: demo_form, demo_page ..."""
    today = timezone.localdate()
    return {
        "demo_form": DemoForm(data={"name": "", "networks": [], "words": "It was my first night alone."}),
        "demo_days": [("Today", today.isoformat()), ("In a week", (today + timedelta(days=7)).isoformat())],
        "demo_member": DemoPerson("Søren Ærø"),
        "demo_steps": ["Goal", "Dates", "Team", "Rules"],
        "demo_now": timezone.now() - timedelta(hours=3),
        **demo_charts(today),
        "demo_page": Paginator(range(200), 10).page(4),
    }


def example_of(source: str, request: HttpRequest, context: dict[str, Any]) -> SafeString:
    return SafeString(engines["django"].from_string(source).render(context, request))


def open_only_here() -> None:
    if not settings.DEBUG:
        raise Http404


@public
def catalogue(request: HttpRequest) -> HttpResponse:
    open_only_here()
    messages.success(request, "Saved. This is a toast.")
    context = demo_context()
    shown = [(c, example_of(c.example, request, context)) for c in COMPONENTS.values() if c.example]
    groups = [(title, list(entries)) for title, entries in groupby(shown, key=lambda entry: entry[0].group)]
    return render(request, "ui/catalogue/catalogue.html", {"groups": groups, "layouts": sorted(LAYOUTS)})


@public
def layout(request: HttpRequest, layout: str) -> HttpResponse:
    open_only_here()
    if layout not in LAYOUTS:
        raise Http404
    return render(request, f"ui/catalogue/{layout}.html", demo_context())
