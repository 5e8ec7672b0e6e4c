"""Threads: posts by itself through the organisation's app at Meta, and by hand-over without an account."""

from __future__ import annotations

from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from genlyd.networks.contract import (
    Capabilities,
    CardFrom,
    HandOver,
    Limit,
    Message,
    Network,
    PictureWay,
    SignIn,
    ends_with_link,
    under_card,
)
from genlyd.networks.domain.counting import threads_length
from genlyd.networks.domain.outcome import Unknown
from genlyd.networks.threads.domain import links
from genlyd.networks.threads.domain.errors import MEANINGS
from genlyd.networks.threads.limits import QUOTAS
from genlyd.networks.threads.login import ThreadsLogin
from genlyd.networks.threads.publisher import ThreadsPublisher
from genlyd.networks.threads.reader import NAMES, ThreadsReader
from genlyd.networks.threads.setup import SETUP
from genlyd.networks.threads.words import ERRORS, PROBLEMS

VERSION = "v1.0"


def hand_over(message: Message) -> HandOver:
    query = {"text": message.text.strip()} | ({"url": message.link} if message.link else {})
    address = f"https://www.threads.com/intent/post?{urlencode(query)}"
    return HandOver(text=ends_with_link(message), url=address, brings_text=True, brings_link=True)


CONNECTOR = ThreadsLogin(
    network="threads",
    prefix="th",
    version=VERSION,
    scopes=("threads_basic", "threads_content_publish", "threads_manage_insights", "threads_delete"),
    needed=("threads_basic", "threads_content_publish"),
    allows=(
        _("Post what you have approved, as you."),
        _("Take such a post away again when you ask for it."),
        _("Read how often your posts are seen, and how many follow you."),
    ),
)

THREADS = Network(
    key="threads",
    name="Threads",
    icon="quote",
    limits=(
        Limit(_("characters"), 500, threads_length),
        Limit(_("links"), links.MOST, links.different_links),
    ),
    hand_over=hand_over,
    written=under_card,
    capabilities=Capabilities(
        card=CardFrom.PAGE,
        picture=PictureWay.PUBLIC_URL,
        delete=True,
        likes=True,
        comments=True,
        impressions=True,
        followers=True,
        unknown=Unknown.LOOK,
        token_life=_("60 days, renewed by itself"),
        approval=_("An app at Meta, and App Review before everybody may connect"),
    ),
    sign_ins=(SignIn.OAUTH,),
    connector=CONNECTOR,
    app=SETUP,
    publisher=ThreadsPublisher(
        network="threads",
        connector=CONNECTOR,
        version=VERSION,
        create_path="me/threads",
        publish_path="me/threads_publish",
        list_path="me/threads",
        quota_path="me/threads_publishing_limit",
        status_fields="status,error_message",
        words="text",
        named="media_type",
        post_fields="id,text,permalink,timestamp,link_attachment_url",
        meanings=MEANINGS,
    ),
    reader=ThreadsReader(
        network="threads", connector=CONNECTOR, version=VERSION, names=NAMES, meanings=MEANINGS
    ),
    addresses={
        "threads": "https://graph.threads.net",
        "threads.token": "https://graph.threads.net",
        "threads.auth": "https://www.threads.com",
    },
    hosts=("threads.com", "threads.net"),
    quotas=QUOTAS,
    problems=PROBLEMS,
    errors=ERRORS,
    policy=(
        _("Meta lets an app show a person's posts, and the figures of a post, to that person alone."),
        _("Pictures are fetched by Meta from this installation, so it must be reachable from the internet."),
        _(
            "Meta has no call that ends a connection: after disconnecting, remove Genlyd in Threads' own settings too."
        ),
    ),
)
