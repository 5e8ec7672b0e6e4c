"""Components that show: people, states, numbers, words."""

from __future__ import annotations

from typing import Any

from django.template.context import Context
from django.utils.translation import get_language

from genlyd.ui.components.engine import declare, prop
from genlyd.ui.icons import svg
from genlyd.ui.people_marks import initials, tint

GROUP = "Showing"
TONES = ("quiet", "accent", "good", "warn", "bad")
PASSES = ("hx-", "data-", "aria-")
TONE_ICONS = {
    "quiet": "info",
    "accent": "sparkles",
    "good": "circle-check",
    "warn": "triangle-alert",
    "bad": "circle-alert",
}


def with_icon(values: dict[str, Any], _: Context) -> dict[str, Any]:
    return {"svg": svg(values["icon"]) if values["icon"] else ""}


def notice_icon(values: dict[str, Any], _: Context) -> dict[str, Any]:
    return {"svg": svg(values["icon"] or TONE_ICONS[values["tone"]])}


def avatar_parts(values: dict[str, Any], _: Context) -> dict[str, Any]:
    who = values["member"]
    name = values["name"] or getattr(who, "name", "") or str(who or "")
    picture = getattr(who, "picture", None)
    return {
        "name": name,
        "initials": initials(name),
        "tint": tint(name),
        "picture_url": values["picture"] or (picture.url if picture else ""),
    }


declare(
    "avatar",
    "A person's picture, or their initials on a colour of their own.",
    prop("member", "Anything with name and picture.", None),
    prop("name", "A name, where there is no member.", ""),
    prop("picture", "Address of a picture, where there is no member.", ""),
    prop("size", "How large.", "normal", choices=("small", "normal", "large", "huge")),
    prop("label", "Say the name to screen readers (leave out where it stands beside it).", default=False),
    group=GROUP, lead=("member",), prepare=avatar_parts,
    example='{% avatar name="Søren Ærø" %} {% avatar name="Ida Lund" size="large" %}',
)  # fmt: skip
declare(
    "person",
    "A person in a row or a table: picture, name (a link, if href), a line below it.",
    prop("member", "Anything with name and picture."),
    prop("href", "Where the name leads.", ""),
    prop("text", "A line below the name: team, job title, e-mail.", ""),
    prop("size", "How large the picture is.", "normal", choices=("small", "normal", "large")),
    group=GROUP, lead=("member",),
    example='{% person demo_member text="Ward 4" href="#" %}',
)  # fmt: skip
declare(
    "badge",
    "A word or two about a state.",
    prop("text", "The words."),
    prop("tone", "What it means.", "quiet", choices=TONES),
    prop("icon", "Icon before the words.", ""),
    group=GROUP, lead=("text",), prepare=with_icon,
    example='{% badge "Draft" %} {% badge "Shared" tone="good" %} {% badge "Late" tone="warn" %} '
    '{% badge "Failed" tone="bad" %} {% badge "New" tone="accent" %}',
)  # fmt: skip
declare(
    "notice",
    "Something to know before going on; children are the words. role=alert only where something went wrong just now.",
    prop("title", "A few words that say it all.", ""),
    prop("tone", "What it means.", "quiet", choices=TONES),
    prop("icon", "Another icon than the tone's own.", ""),
    prop("alert", "Read out at once.", default=False),
    group=GROUP, block=True, slots=("actions",), passes=PASSES, prepare=notice_icon,
    example='{% notice tone="warn" title="Say where you work" %}<p>A reader should see early that it is your own '
    "workplace.</p>{% endnotice %}",
)  # fmt: skip
declare(
    "empty",
    "Nothing here yet: says why, and what to do next (children: the buttons).",
    prop("title", "What is missing."),
    prop("text", "What to do about it.", ""),
    prop("icon", "Icon in the rings.", ""),
    group=GROUP, block=True, prepare=with_icon,
    example='{% empty title="No stories yet" text="Write the first one, or connect a news feed." icon="book-open" %}'
    '{% button "Write a story" kind="primary" %}{% endempty %}',
)  # fmt: skip
declare(
    "progress",
    "How far something is, with its words; never colour alone.",
    prop("value", "How far."),
    prop("max", "The whole.", 100),
    prop("label", "What is measured."),
    prop("text", "What stands beside the label, e.g. 12 of 40.", ""),
    prop("tone", "What it means.", "accent", choices=TONES),
    group=GROUP,
    example='{% progress value=12 max=40 label="Shares" text="12 of 40" %}',
)  # fmt: skip
declare(
    "figure_number",
    "One of the few large numbers of a page: its formula one tap away (formula_url or children of slot how), its"
    " quality said. value None shows as missing, never as 0.",
    prop("value", "The number, already formatted; None when it is missing."),
    prop("label", "What it counts."),
    prop("unit", "Unit after the number.", ""),
    prop("change", "How it moved, in words.", ""),
    prop("tone", "What the change means.", "quiet", choices=TONES),
    prop("quality", "measured, reported or estimated.", "", choices=("measured", "reported", "estimated", "missing")),
    prop("formula_url", "Where its formula and raw counts are.", ""),
    prop("size", "How large.", "normal", choices=("normal", "large")),
    group=GROUP, block=False,
    example='{% figure_number value="1.284" label="Visits" change="212 more than last week" tone="good" '
    'quality="measured" formula_url="#" %}',
)  # fmt: skip
declare(
    "quote",
    "What a person says in their own words, in the serif. Children are the words.",
    prop("who", "Who said it (anything with name).", None),
    prop("by", "Name, where there is no member.", ""),
    prop("when", "When, already formatted.", ""),
    prop("size", "How large.", "normal", choices=("normal", "large")),
    group=GROUP, block=True,
    example='{% quote by="Mette, nurse" %}I cried a little when the first night went by the new plan.{% endquote %}',
)  # fmt: skip
declare(
    "post_preview",
    "A post as a network shows it: a shell that network adapters fill. Children are the post's text.",
    prop("network", "Name of the network, as written by itself."),
    prop("author", "Name of the person."),
    prop("member", "Anything with name and picture.", None),
    prop("handle", "What stands below the name: job title, @handle.", ""),
    prop("link_title", "Title of the link card.", ""),
    prop("link_host", "Host of the link card.", ""),
    prop("link_image", "Picture of the link card.", ""),
    prop("image", "Address of the post's own picture.", ""),
    prop("alt", "What the picture shows.", ""),
    prop("more", "Rest of the text, folded away as the network does.", ""),
    group=GROUP, block=True, slots=("footer",),
    example='{% post_preview network="LinkedIn" author="Mette Holm" handle="Nurse at Fjordby Hospital" '
    'link_title="Ward 4 plans its own nights" link_host="fjordby.dk" %}Here at Fjordby, where I work, we did '
    "something I did not think we could.{% endpost_preview %}",
)  # fmt: skip
declare(
    "list",
    "Rows of things one can open. Children are item tags.",
    prop("label", "What the list holds (for screen readers).", ""),
    prop("kind", "plain, or numbered.", "plain", choices=("plain", "numbered")),
    group=GROUP, block=True, passes=PASSES,
    example='{% list %}{% item title="Night shift plan" href="#" text="Culture · Mette Holm" icon="book-open" %}'
    '{% badge "Draft" %}{% enditem %}{% item title="40 new colleagues" href="#" %}{% enditem %}{% endlist %}',
)  # fmt: skip
declare(
    "item",
    "One row of a list: title, a line below it, badges or buttons as children.",
    prop("title", "The row's title."),
    prop("href", "Where it leads.", ""),
    prop("text", "A line below the title.", ""),
    prop("icon", "Icon before it.", ""),
    prop("member", "A person, shown as avatar before it.", None),
    prop("image", "Address of a small picture before it.", ""),
    prop("own_words", "The title is a person's own words.", default=False),
    prop("id", "Anchor.", ""),
    group=GROUP, block=True, slots=("before", "below"), passes=PASSES, prepare=with_icon,
    example='{% list %}{% item title="Ida Lund" text="Finance" icon="user" %}{% enditem %}{% endlist %}',
)  # fmt: skip
declare(
    "checkpoint",
    "A numbered question with its state: what stands, what is missing, what to do next. Children are details.",
    prop("number", "Which one.", ""),
    prop("title", "The question."),
    prop("state", "How it stands.", "later", choices=("done", "now", "missing", "later")),
    prop("text", "Where it stands or what is missing, in one sentence.", ""),
    prop("href", "Where to go on.", ""),
    prop("action", "What the link says.", ""),
    group=GROUP, block=True, deepens=True,
    example='{% checkpoint number=1 title="Who takes part?" state="done" text="12 people, all seats filled." '
    'href="#" %}{% endcheckpoint %}{% checkpoint number=2 title="What to share?" state="missing" text="Two plan lines '
    'have no owner." href="#" action="Find owners" %}{% endcheckpoint %}',
)  # fmt: skip
declare(
    "facts",
    "Pairs of name and value (dl). Children are fact tags.",
    prop("kind", "rows, or columns side by side.", "rows", choices=("rows", "columns")),
    group=GROUP, block=True,
    example='{% facts %}{% fact "Opened" %}1 March{% endfact %}{% fact "Owner" %}Ida Lund{% endfact %}{% endfacts %}',
)  # fmt: skip
declare(
    "fact",
    "One pair of name and value.",
    prop("label", "The name."),
    group=GROUP, block=True, lead=("label",),
    example='{% facts kind="columns" %}{% fact "Plan lines" %}14{% endfact %}{% endfacts %}',
)  # fmt: skip
declare(
    "when",
    "A moment, in the reader's language and time zone, with the exact one behind it.",
    prop("at", "A datetime or date."),
    prop("kind", "date, day (24. dec.), time, both, or ago (3 days ago).", "both",
         choices=("date", "day", "time", "both", "ago")),
    group=GROUP, lead=("at",),
    prepare=lambda *_: {"day_format": "j. b" if (get_language() or "").startswith("da") else "j M"},
    example='{% when demo_now kind="ago" %}',
)  # fmt: skip
declare(
    "toasts",
    "Django's messages: what was just done, or could not be. The layouts have it already.",
    group=GROUP,
    prepare=lambda _, context: {"messages": list(context.get("messages") or [])},
    example="{% toasts %}",
)  # fmt: skip
declare(
    "chart",
    "A chart made by genlyd.ui.charts: figure, SVG, a summary in words and the table of its data.",
    prop("chart", "A Chart."),
    prop("heading", "Show the chart's title above it.", default=True),
    group=GROUP, lead=("chart",),
    example="{% chart demo_line %}{% chart demo_rings %}"
    "{% chart demo_bars %}{% chart demo_intervals %}{% chart demo_spark %}",
)  # fmt: skip
