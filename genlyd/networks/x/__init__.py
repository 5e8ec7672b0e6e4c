"""X: by hand-over, and by its API where an administrator wants it: every post by the API costs money."""

from __future__ import annotations

from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from genlyd.networks.contract import (
    AppField,
    AppSetup,
    Capabilities,
    CardFrom,
    HandOver,
    Limit,
    Message,
    Network,
    PictureWay,
    SignIn,
    ends_with_link,
)
from genlyd.networks.domain.outcome import Unknown
from genlyd.networks.x import words
from genlyd.networks.x.domain.counting import MOST, weight
from genlyd.networks.x.errors import ERRORS, PROBLEMS
from genlyd.networks.x.health import check
from genlyd.networks.x.limits import MOST_ALIKE, QUOTAS, SPREAD
from genlyd.networks.x.pricing import PRICES
from genlyd.networks.x.publisher import XPublisher
from genlyd.networks.x.reader import READS, XReader
from genlyd.networks.x.sign_in import CONNECTOR


def hand_over(message: Message) -> HandOver:
    query = {"text": message.text.strip()} | ({"url": message.link} if message.link else {})
    address = f"https://x.com/intent/tweet?{urlencode(query)}"
    return HandOver(text=ends_with_link(message), url=address, brings_text=True, brings_link=True)


X = Network(
    key="x",
    name="X",
    icon="hash",
    limits=(Limit(_("characters"), MOST, weight),),
    hand_over=hand_over,
    capabilities=Capabilities(
        card=CardFrom.PAGE,
        picture=PictureWay.UPLOAD,
        delete=True,
        # All four cost money for every look, so only where an administrator wants them.
        likes=True,
        comments=True,
        impressions=True,
        followers=True,
        unknown=Unknown.LOOK,
        token_life=words.TOKEN_LIFE,
        approval=words.APPROVAL,
    ),
    sign_ins=(SignIn.OAUTH,),
    connector=CONNECTOR,
    app=AppSetup(
        portal="https://console.x.com",
        steps=words.STEPS,
        check=check,
        fields=(
            AppField(key=READS, label=words.READS_LABEL, help=words.READS_HELP, required=False, switch=True),
        ),
    ),
    publisher=XPublisher(),
    reader=XReader(),
    addresses={"x": "https://api.x.com", "x.auth": "https://x.com"},
    hosts=("x.com", "twitter.com"),
    quotas=QUOTAS,
    prices=PRICES,
    spread=SPREAD,
    most_alike=MOST_ALIKE,
    problems=PROBLEMS,
    errors=ERRORS,
    policy=words.POLICY,
    cost=words.COST,
    off_by_default=True,
)
