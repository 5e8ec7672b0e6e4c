"""Template tags with declared props: a typo fails when the template is compiled, not in a reader's browser."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias, cast

from django import template
from django.template.base import FilterExpression, Node, NodeList, Parser, Token
from django.template.context import Context
from django.template.exceptions import TemplateSyntaxError
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

REQUIRED: Final = object()
SLOTS: Final = "ui_slots"
OUTER: Final = ("request", "csrf_token", "LANGUAGE_CODE")
#: Level of the next heading: 2 below the page's h1, deeper inside components that have a heading of their own.
DEPTH: Final = "ui_depth"
Prepare: TypeAlias = Callable[[dict[str, Any], Context], dict[str, Any] | None]


@dataclass(frozen=True)
class Prop:
    """One declared attribute. `default` REQUIRED means the tag does not compile without it."""

    name: str
    about: str
    default: Any = REQUIRED
    choices: tuple[str, ...] = ()

    @property
    def required(self) -> bool:
        return self.default is REQUIRED


@dataclass(frozen=True)
class Component:
    """A declared tag. `lead` props may be given without a name, in order, before all named ones."""

    name: str
    about: str
    props: Mapping[str, Prop]
    group: str
    block: bool = False
    lead: tuple[str, ...] = ()
    slots: tuple[str, ...] = ()
    passes: tuple[str, ...] = ()
    prepare: Prepare | None = None
    example: str = ""
    deepens: bool = False

    @property
    def template_name(self) -> str:
        return f"ui/components/{self.name}.html"

    @property
    def end(self) -> str:
        return f"end{self.name}"


COMPONENTS: dict[str, Component] = {}
register = template.Library()


def prop(name: str, about: str, default: Any = REQUIRED, *, choices: Sequence[str] = ()) -> Prop:
    return Prop(name, about, default, tuple(choices))


def attributes_of(given: Mapping[str, Any]) -> SafeString:
    """HTML attributes of passed-through props: True stands alone, None and False are left out."""
    parts = [
        format_html(" {}", name) if value is True else format_html(' {}="{}"', name, value)
        for name, value in given.items()
        if value is not None and value is not False
    ]
    return mark_safe("".join(parts))  # noqa: S308 - every part is escaped by format_html


@dataclass
class Call:
    """What one use of a tag was given: declared props and passed-through attributes, not yet resolved."""

    props: dict[str, FilterExpression] = field(default_factory=dict)
    passed: dict[str, FilterExpression] = field(default_factory=dict)


def slots_of(context: Context) -> list[dict[str, str]]:
    """The slots being filled, the innermost component's last."""
    store = cast("dict[str, Any]", context.render_context)
    if SLOTS not in store:
        store[SLOTS] = []
    return cast("list[dict[str, str]]", store[SLOTS])


class ComponentNode(Node):
    def __init__(self, component: Component, call: Call, nodelist: NodeList | None) -> None:
        self.component = component
        self.call = call
        self.nodelist = nodelist or NodeList()
        self.child_nodelists = ("nodelist",)

    def render(self, context: Context) -> SafeString:
        component = self.component
        values = {name: declared.default for name, declared in component.props.items()}
        for name, expression in self.call.props.items():
            values[name] = expression.resolve(context)
            check_choice(component, name, values[name])
        passed = {name: expression.resolve(context) for name, expression in self.call.passed.items()}
        depth = context.get(DEPTH) or 2
        values["depth"] = min(depth, 6)
        if component.block:
            stack = slots_of(context)
            stack.append(dict.fromkeys(component.slots, ""))
            below = depth + 1 if component.deepens and values.get("title") else depth
            try:
                with context.push(**{DEPTH: below}):
                    values["children"] = self.nodelist.render(context)
            finally:
                values.update({f"slot_{name}": html for name, html in stack.pop().items()})
        values["passed"] = passed
        for name in OUTER:  # what a page's frame knows and a component may need
            values.setdefault(name, context.get(name))
        if component.prepare:
            values.update(component.prepare(values, context) or {})
        values["attributes"] = attributes_of(values["passed"])
        assert context.template is not None
        engine = context.template.engine
        inner = context.new(values)
        inner.render_context = context.render_context
        return mark_safe(engine.get_template(component.template_name).render(inner).strip())  # noqa: S308


class SlotNode(Node):
    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name = name
        self.nodelist = nodelist

    def render(self, context: Context) -> SafeString:
        stack = slots_of(context)
        if not stack or self.name not in stack[-1]:
            known = ", ".join(stack[-1]) if stack else "none: there is no component around it"
            raise TemplateSyntaxError(
                f"{{% slot {self.name} %}} is not a slot here. Slots: {known or 'none'}."
            )
        html = self.nodelist.render(context)
        stack[-1][self.name] = html
        return mark_safe("")


@register.tag("slot")
def compile_slot(parser: Parser, token: Token) -> SlotNode:
    bits = token.split_contents()
    if len(bits) != 2:  # noqa: PLR2004
        raise TemplateSyntaxError("{% slot %} takes one argument: its name.")
    nodelist = parser.parse(("endslot",))
    parser.delete_first_token()
    return SlotNode(bits[1], nodelist)


def check_choice(component: Component, name: str, value: Any) -> None:
    declared = component.props[name]
    if declared.choices and value not in ("", None) and str(value) not in declared.choices:
        raise TemplateSyntaxError(
            f"{{% {component.name} %}}: {name}={value!r} is not one of {', '.join(declared.choices)}."
        )


def parse_call(component: Component, parser: Parser, token: Token) -> Call:
    call, bits = Call(), token.split_contents()[1:]
    lead = list(component.lead)
    for bit in bits:
        name, equals, value = bit.partition("=")
        if not equals or bit[0] in "\"'":
            if call.passed or len(call.props) >= len(lead):
                raise TemplateSyntaxError(f"{{% {component.name} %}} does not take {bit} without a name.")
            name, value = lead[len(call.props)], bit
        if name in call.props or name in call.passed:
            raise TemplateSyntaxError(f"{{% {component.name} %}} got {name} twice.")
        if name in component.props:
            call.props[name] = literal_checked(component, name, parser.compile_filter(value))
        elif name.startswith(component.passes) and component.passes:
            call.passed[name] = parser.compile_filter(value)
        else:
            known = ", ".join([*component.props, *(f"{prefix}*" for prefix in component.passes)])
            raise TemplateSyntaxError(
                f"{{% {component.name} %}} has no prop {name!r}. Props: {known or 'none'}."
            )
    missing = [
        name for name, declared in component.props.items() if declared.required and name not in call.props
    ]
    if missing:
        raise TemplateSyntaxError(f"{{% {component.name} %}} needs {', '.join(missing)}.")
    return call


def literal_checked(component: Component, name: str, expression: FilterExpression) -> FilterExpression:
    """A value written out in the template is held against the choices at once; a variable when it is known."""
    if isinstance(expression.var, str) and not expression.filters:
        check_choice(component, name, expression.var)
    return expression


def declare(
    name: str,
    about: str,
    *props: Prop,
    group: str,
    block: bool = False,
    lead: Sequence[str] = (),
    slots: Sequence[str] = (),
    passes: Sequence[str] = (),
    prepare: Prepare | None = None,
    example: str = "",
    deepens: bool = False,
) -> Component:
    """Register `{% name %}` (and `{% endname %}` for a block) and list it for the catalogue and the reference."""
    component = Component(
        name, about, {p.name: p for p in props}, group, block, tuple(lead), tuple(slots), tuple(passes), prepare,
        example.strip(), deepens,
    )  # fmt: skip
    if name in COMPONENTS:
        raise ValueError(f"component {name!r} is declared twice")
    COMPONENTS[name] = component

    def compile_component(parser: Parser, token: Token) -> ComponentNode:
        call = parse_call(component, parser, token)
        nodelist = None
        if component.block:
            nodelist = parser.parse((component.end,))
            parser.delete_first_token()
        return ComponentNode(component, call, nodelist)

    register.tag(name, compile_component)
    return component
