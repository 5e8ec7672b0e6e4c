"""Forms: fields with label, help and error tied together; everything posts without JavaScript."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.template.context import Context
from django.utils.safestring import SafeString

from genlyd.ui.components.engine import declare, prop

GROUP = "Forms"
GROUPED = (forms.RadioSelect, forms.CheckboxSelectMultiple)


def kind_of(bound: BoundField) -> str:
    """How a field is laid out: check (box before its label), choices (fieldset), file, or line (label above)."""
    widget = bound.field.widget
    if isinstance(widget, GROUPED):
        return "choices"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.FileInput):
        return "file"
    if isinstance(widget, (forms.SelectDateWidget, forms.MultiWidget)):
        return "choices"
    return "line"


def field_parts(values: dict[str, Any], _: Context) -> dict[str, Any]:
    bound: BoundField = values["field"]
    ids = bound.id_for_label or bound.auto_id or bound.html_name
    help_text = values["help"] or str(bound.help_text or "").strip()
    errors = bound.errors
    attrs: dict[str, Any] = dict(values["passed"])
    described = " ".join(
        part for part in (f"{ids}_help" if help_text else "", f"{ids}_error" if errors else "") if part
    )
    kind = kind_of(bound)
    if described and kind != "choices":
        attrs["aria-describedby"] = described
    if errors:
        attrs["aria-invalid"] = "true"
    for name in ("placeholder", "rows", "autocomplete", "maxlength"):
        if values[name]:
            attrs[name] = values[name]
    if values["autofocus"]:
        attrs["autofocus"] = True
    classes = [bound.field.widget.attrs.get("class", ""), "own-words" if values["own_words"] else ""]
    if any(classes):
        attrs["class"] = " ".join(filter(None, classes))
    return {
        "kind": kind,
        "ids": ids,
        "help": help_text,
        "label": values["label"] or bound.label,
        "errors": errors,
        "described": described,
        "optional": not bound.field.required and values["optional"] and kind != "check",
        "control": SafeString(bound.as_widget(attrs=attrs)),
        "hidden": bound.is_hidden,
        "passed": {},
    }


declare(
    "field",
    "One field of a form: label, control, help, error; tied together for screen readers. Further attributes go to the"
    " control.",
    prop("field", "A bound field."),
    prop("label", "Another label than the form's.", ""),
    prop("help", "Another help text than the form's.", ""),
    prop("own_words", "What is typed are the person's own words: serif.", default=False),
    prop("optional", "Mark fields that may stay empty.", default=True),
    prop("hide_label", "The label is for screen readers only.", default=False),
    prop("placeholder", "An example; never instead of a label.", ""),
    prop("rows", "Lines of a text area.", ""),
    prop("maxlength", "Most characters.", ""),
    prop("autocomplete", "What the browser may fill in.", ""),
    prop("autofocus", "The first thing one types into.", default=False),
    prop("quick", "Quick choices: (label, value) pairs as buttons below (the field works without JavaScript).", ()),
    prop("before", "A word before the control: https://, @.", ""),
    prop("after", "A word after the control: %, per week.", ""),
    group=GROUP, lead=("field",), passes=("hx-", "data-", "aria-"), prepare=field_parts,
    example="{% field demo_form.name %}{% field demo_form.day quick=demo_days %}",
)  # fmt: skip
declare(
    "fields",
    "All visible fields of a form, in order, with its general errors and hidden fields.",
    prop("form", "A form."),
    prop("optional", "Mark fields that may stay empty.", default=True),
    group=GROUP, lead=("form",),
    example="{% fields demo_form %}",
)  # fmt: skip
declare(
    "errors",
    "A form's general errors, and how many fields need a second look.",
    prop("form", "A form."),
    group=GROUP, lead=("form",),
    example="{% errors demo_form %}",
)  # fmt: skip
declare(
    "form",
    "A form with everything around its fields: method, CSRF token, file uploads, general errors, the main button."
    " Children are the fields; without children all fields are shown.",
    prop("form", "A form, for its errors and whether it takes files.", None),
    prop("action", "Where it goes; this page when empty.", ""),
    prop("method", "How.", "post", choices=("post", "get")),
    prop("submit", "Label of the main button; leave out to bring your own.", ""),
    prop("submit_icon", "Icon on it.", ""),
    prop("cancel", "Address of the way back.", ""),
    prop("cancel_label", "What the way back says.", ""),
    prop("upload", "Takes files (known by itself when form is given).", default=False),
    prop("id", "Id.", ""),
    prop("width", "How wide.", "normal", choices=("normal", "full")),
    group=GROUP, block=True, lead=("form",), slots=("actions",), passes=("hx-", "data-", "aria-"),
    prepare=lambda values, _: {
        "multipart": values["upload"] or (values["form"] is not None and values["form"].is_multipart()),
        "own_fields": bool(values["children"].strip()),
    },
    example='{% form demo_form submit="Save" %}{% endform %}',
)  # fmt: skip
declare(
    "fieldset",
    "Fields that belong together, with a legend.",
    prop("title", "The legend."),
    prop("text", "A sentence below it.", ""),
    group=GROUP, block=True, lead=("title",),
    example='{% fieldset "When" %}{% field demo_form.day %}{% endfieldset %}',
)  # fmt: skip
