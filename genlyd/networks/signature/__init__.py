"""The signature below one's e-mails: a line and a link, copied as it will look."""

from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from genlyd.networks.contract import HandOver, Limit, Message, Network, Preview, ends_with_link
from genlyd.networks.domain.counting import code_points

#: A signature is read at a glance.
MOST = 300


def snippet(message: Message) -> str:
    """HTML that mail programs understand: paragraphs, breaks and a link, no styles of ours."""
    lines = [format_html("{}", line) for line in message.text.strip().splitlines()]
    words = mark_safe("<br>".join(lines))  # noqa: S308  each line is escaped above
    if not message.link:
        return format_html("<p>{}</p>", words)
    link = format_html('<a href="{}">{}</a>', message.link, message.title or message.link)
    return format_html("<p>{}<br>{}</p>", words, link)


def hand_over(message: Message) -> HandOver:
    return HandOver(text=ends_with_link(message), html=snippet(message))


SIGNATURE = Network(
    key="signature",
    name=_("E-mail signature"),
    icon="pen-line",
    limits=(Limit(_("characters"), MOST, code_points),),
    hand_over=hand_over,
    preview=Preview(card=False),
    permalinks=False,
)
