"""Components that one presses, opens or chooses from."""

from __future__ import annotations

from typing import Any

from django.template.context import Context

from genlyd.ui.components.engine import declare, prop
from genlyd.ui.icons import svg

GROUP = "Doing"
PASSES = ("hx-", "data-", "aria-")


def with_icon(values: dict[str, Any], _: Context) -> dict[str, Any]:
    return {"svg": svg(values["icon"]) if values["icon"] else ""}


def button_parts(values: dict[str, Any], _: Context) -> dict[str, Any]:
    end = values["icon_end"]
    return {
        "svg": svg(values["icon"]) if values["icon"] else "",
        "svg_end": svg(end) if end else "",
        # "#_" names nothing: without JavaScript following it ends :target, and so closes the dialog.
        "href": "#_" if values["closes"] else f"#{values['opens']}" if values["opens"] else values["href"],
    }


declare(
    "icon",
    "One of the kept icons (Lucide). Decorative unless it has a label. An unknown name fails.",
    prop("name", "Name of the icon: a file in genlyd/ui/icons/."),
    prop("label", "What a screen reader says; leave out beside text that says it.", ""),
    prop("size", "How large.", "normal", choices=("small", "normal", "large")),
    group=GROUP, lead=("name",),
    prepare=lambda values, _: {"svg": svg(values["name"])},
    example='{% icon "heart" %} {% icon "send" size="large" label="Send" %}',
)  # fmt: skip
declare(
    "button",
    "A button, or a link that looks like one (href). One primary button a page.",
    prop("label", "What it does, as a verb."),
    prop("kind", "primary (the one deed), quiet (outlined), plain (text only), danger (cannot be undone).", "quiet",
         choices=("primary", "quiet", "plain", "danger")),
    prop("type", "Type of the button.", "button", choices=("button", "submit", "reset")),
    prop("href", "Makes it a link.", ""),
    prop("opens", "Id of a dialog that it opens.", ""),
    prop("closes", "Closes the dialog it stands in.", default=False),
    prop("icon", "Icon before the label.", ""),
    prop("icon_end", "Icon after the label.", ""),
    prop("icon_only", "The label is for screen readers and the tooltip only.", default=False),
    prop("name", "Name in the form.", ""),
    prop("value", "Value in the form.", ""),
    prop("form", "Id of the form it belongs to.", ""),
    prop("formaction", "Sends the form to another address.", ""),
    prop("size", "How large.", "normal", choices=("small", "normal", "large")),
    prop("wide", "As wide as its surroundings.", default=False),
    prop("disabled", "Cannot be pressed; say why beside it.", default=False),
    prop("id", "Id.", ""),
    prop("external", "The link leaves Genlyd: opens in a new tab.", default=False),
    group=GROUP, lead=("label",), passes=PASSES, prepare=button_parts,
    example='{% button "Share now" kind="primary" icon="send" %} {% button "Save draft" %} '
    '{% button "Cancel" kind="plain" %} {% button "Delete" kind="danger" icon="trash-2" %}',
)  # fmt: skip
declare(
    "post_button",
    "A button that POSTs to an address by itself: a form with the CSRF token around one button. For small deeds"
    " (withdraw, mark as read) that need no fields. Children are hidden inputs, if any.",
    prop("label", "What it does."),
    prop("url", "Where it posts to."),
    prop("kind", "As for button.", "quiet", choices=("primary", "quiet", "plain", "danger")),
    prop("icon", "Icon before the label.", ""),
    prop("icon_only", "The label is for screen readers and the tooltip only.", default=False),
    prop("name", "Name of the one value sent.", ""),
    prop("value", "The one value sent.", ""),
    prop("size", "How large.", "normal", choices=("small", "normal", "large")),
    prop("confirm", "A question asked before (needs JavaScript: use a dialog for grave deeds).", ""),
    group=GROUP, lead=("label",), passes=PASSES, prepare=with_icon,
    example='{% post_button "Mark as read" url="#" icon="check" size="small" %}',
)  # fmt: skip
declare(
    "copy",
    "Copies a text. Without JavaScript the text can be selected.",
    prop("text", "What is copied.", ""),
    prop("source", "Id of the element whose text or value is copied, instead of text.", ""),
    prop("label", "What the button says."),
    prop("done", "What it says afterwards.", ""),
    prop("kind", "As for button.", "quiet", choices=("primary", "quiet", "plain")),
    prop("show", "Shows the text too.", default=False),
    group=GROUP, lead=("text",), passes=("data-",),
    example='{% copy "https://g.example/k3f9" label="Copy link" show=True %}',
)  # fmt: skip
declare(
    "dialog",
    "A question or a small form above the page (native dialog). Opened by a button with opens=; without JavaScript"
    " by its address (#id).",
    prop("id", "Id: what opens= names."),
    prop("title", "Heading."),
    prop("text", "A sentence below it.", ""),
    prop("size", "How wide.", "normal", choices=("normal", "large")),
    prop("open", "Shown at once (a form inside it has errors).", default=False),
    group=GROUP, block=True, slots=("actions",), passes=PASSES,
    example='{% button "Delete …" kind="danger" opens="delete-example" %}'
    '{% dialog id="delete-example" title="Delete this draft?" text="Nobody else has seen it." %}{% slot actions %}'
    '{% button "Delete" kind="danger" %}{% button "Keep it" closes=True %}{% endslot %}{% enddialog %}',
)  # fmt: skip
declare(
    "menu",
    "Further deeds behind one button (details and summary: works without JavaScript).",
    prop("label", "What the button says."),
    prop("icon", "Icon on the button.", "ellipsis"),
    prop("icon_only", "The label is for screen readers only.", default=True),
    prop("align", "Which edge it hangs from.", "end", choices=("start", "end")),
    prop("up", "Opens upwards.", default=False),
    group=GROUP, block=True, prepare=with_icon, passes=("data-",),
    example='{% menu label="More" %}{% menu_item "Edit" href="#" icon="pencil" %}'
    '{% menu_item "Delete" url="#" icon="trash-2" tone="bad" %}{% endmenu %}',
)  # fmt: skip
declare(
    "menu_item",
    "One deed in a menu: a link (href), or a POST with the CSRF token (url).",
    prop("label", "What it does."),
    prop("href", "A link.", ""),
    prop("url", "A POST.", ""),
    prop("opens", "Id of a dialog.", ""),
    prop("name", "Name of the value posted.", ""),
    prop("value", "The value posted.", ""),
    prop("icon", "Icon before the label.", ""),
    prop("tone", "bad for deeds that cannot be undone.", "", choices=("bad",)),
    prop("current", "It is the one chosen.", default=False),
    group=GROUP, lead=("label",), passes=(*PASSES, "lang"), prepare=with_icon,
    example='{% menu label="Language" icon_only=False icon="globe" %}{% menu_item "Dansk" url="#" current=True %}'
    '{% menu_item "English" url="#" %}{% endmenu %}',
)  # fmt: skip
declare(
    "tabs",
    "Views of one thing, each with an address of its own. Children are tab tags.",
    prop("label", "What the tabs choose between (for screen readers)."),
    group=GROUP, block=True, lead=("label",),
    example='{% tabs "Stories" %}{% tab "For you" href="#" current=True count=3 %}'
    '{% tab "All" href="#" %}{% endtabs %}',
)  # fmt: skip
declare(
    "tab",
    "One tab.",
    prop("label", "What it shows."),
    prop("href", "Its address."),
    prop("current", "It is the one shown.", default=False),
    prop("count", "How many are in it.", None),
    group=GROUP, lead=("label",), passes=PASSES,
    example='{% tabs "Period" %}{% tab "Plan" href="#" %}{% tab "Review" href="#" current=True %}{% endtabs %}',
)  # fmt: skip
declare(
    "more",
    "Something one may open: details and summary.",
    prop("label", "What opens."),
    prop("open", "Open at once.", default=False),
    prop("icon", "Icon before the label.", ""),
    group=GROUP, block=True, lead=("label",), passes=PASSES, prepare=with_icon,
    example='{% more "How is this counted?" %}<p>Visits by people, first one per day.</p>{% endmore %}',
)  # fmt: skip
declare(
    "stepper",
    "Where one is in a few steps. steps: labels, or (label, href) pairs; current counts from 1.",
    prop("steps", "Labels or (label, href) pairs."),
    prop("current", "The step one is at, from 1."),
    prop("label", "What the steps lead to (for screen readers).", ""),
    group=GROUP, lead=("steps", "current"),
    prepare=lambda values, _: {
        "entries": [
            {
                "number": number,
                "label": step if isinstance(step, str) or not hasattr(step, "__getitem__") else step[0],
                "href": "" if isinstance(step, str) or not hasattr(step, "__getitem__") else step[1],
                "state": "done" if number < int(values["current"]) else
                         "now" if number == int(values["current"]) else "later",
            }
            for number, step in enumerate(values["steps"], start=1)
        ]
    },
    example="{% stepper demo_steps 2 %}",
)  # fmt: skip
