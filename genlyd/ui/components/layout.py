"""Components that give a page its shape."""

from __future__ import annotations

from genlyd.ui.components.engine import declare, prop

SPACES = ("none", "tight", "normal", "loose", "wide")
GROUP = "Shape of a page"

declare(
    "page_head",
    "The head of a page: one title (h1), a sentence below it, the page's main actions as children.",
    prop("title", "The page's one h1."),
    prop("lead", "One sentence on what the page is for.", ""),
    prop("kicker", "A few words above the title: where we are.", ""),
    prop("back", "Address of the page above.", ""),
    prop("back_label", "What the page above is called.", ""),
    group=GROUP, block=True, lead=("title",),
    example='{% page_head "Stories" lead="Pick one you would tell a friend." kicker="Q1" %}'
    '{% button "New story" kind="primary" icon="plus" href="#" %}{% endpage_head %}',
)  # fmt: skip
declare(
    "section",
    "A part of a page with a heading; slot actions stands beside the heading.",
    prop("title", "Heading; leave out for none.", ""),
    prop("text", "A sentence below the heading.", ""),
    prop("id", "Anchor.", ""),
    group=GROUP, block=True, deepens=True, lead=("title",), slots=("actions",), passes=("hx-", "data-", "aria-"),
    example='{% section "This week" text="Three stories were chosen for you." %}<p>…</p>{% endsection %}',
)  # fmt: skip
declare(
    "card",
    "A quiet surface. kind=story sets the title as the hero: a story's one sentence. href makes the title a link"
    " and the whole card its target.",
    prop("title", "Heading of the card.", ""),
    prop("kicker", "A few words above the title.", ""),
    prop("href", "Where the title leads.", ""),
    prop("kind", "plain, story (large title), quiet (no surface), accent (tinted).", "plain",
         choices=("plain", "story", "quiet", "accent")),
    prop("image", "Address of a picture on top.", ""),
    prop("alt", "What the picture shows.", ""),
    prop("id", "Anchor.", ""),
    group=GROUP, block=True, deepens=True, slots=("actions", "footer"), passes=("hx-", "data-", "aria-", "lang"),
    example='{% card title="Six nurses built the new ward’s night shift plan themselves." kind="story" '
    'kicker="Culture" href="#" %}<p>Ward 4 asked for it, and it works.</p>'
    '{% slot footer %}{% badge "3 days left" tone="accent" %}{% endslot %}{% endcard %}',
)  # fmt: skip
declare(
    "stack",
    "Children below one another, evenly spaced.",
    prop("gap", "How far apart.", "normal", choices=SPACES),
    group=GROUP, block=True,
    example='{% stack gap="tight" %}<p>One</p><p>Two</p>{% endstack %}',
)  # fmt: skip
declare(
    "row",
    "Children side by side; they wrap when there is no room.",
    prop("gap", "How far apart.", "normal", choices=SPACES),
    prop("align", "Across the row.", "center", choices=("start", "center", "end", "baseline", "stretch")),
    prop("justify", "Along the row.", "start", choices=("start", "between", "end", "center")),
    group=GROUP, block=True,
    example='{% row gap="tight" %}{% badge "one" %}{% badge "two" %}{% endrow %}',
)  # fmt: skip
declare(
    "grid",
    "Children in as many equal columns as fit; one on a phone.",
    prop("min", "Least width of a column.", "normal", choices=("small", "normal", "large")),
    prop("gap", "How far apart.", "normal", choices=SPACES),
    group=GROUP, block=True,
    example='{% grid min="small" %}{% card title="One" %}{% endcard %}{% card title="Two" %}{% endcard %}{% endgrid %}',
)  # fmt: skip
declare(
    "split",
    "A main column and a narrower one beside it (slot aside); below one another on a phone.",
    prop("aside", "Which side the narrow column is on.", "end", choices=("start", "end")),
    prop("sticky", "The narrow column stays in view.", default=False),
    group=GROUP, block=True, slots=("aside",),
    example="{% split %}<p>Main</p>{% slot aside %}<p>Beside it</p>{% endslot %}{% endsplit %}",
)  # fmt: skip
declare(
    "actions",
    "The buttons that end a form or a card: the main one first.",
    prop("align", "Side.", "start", choices=("start", "end", "between")),
    prop("sticky", "Stays at the bottom of the window on phones.", default=False),
    group=GROUP, block=True,
    example='{% actions %}{% button "Save" kind="primary" type="submit" %}{% button "Cancel" kind="quiet" href="#" %}'
    "{% endactions %}",
)  # fmt: skip
declare(
    "mark",
    "Genlyd's mark: rings that widen from a point.",
    prop("size", "How large.", "normal", choices=("small", "normal", "large")),
    prop("word", "With the name beside it.", default=False),
    group=GROUP,
    example='{% mark size="large" word=True %}',
)  # fmt: skip
