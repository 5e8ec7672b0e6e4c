"""LinkedIn: posts for members who have connected, and by hand-over for everybody else."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from genlyd.networks.contract import (
    AppField,
    AppSetup,
    Capabilities,
    CardFrom,
    Limit,
    Network,
    PictureWay,
    Preview,
    SignIn,
    link_dialog,
    under_card,
)
from genlyd.networks.domain.counting import utf16_units
from genlyd.networks.domain.outcome import Unknown
from genlyd.networks.linkedin import words
from genlyd.networks.linkedin.app import ANALYTICS, VERSION
from genlyd.networks.linkedin.domain import versions
from genlyd.networks.linkedin.errors import ERRORS, PROBLEMS
from genlyd.networks.linkedin.health import check
from genlyd.networks.linkedin.limits import QUOTAS, SPREAD
from genlyd.networks.linkedin.publisher import LinkedInPublisher
from genlyd.networks.linkedin.reader import LinkedInReader
from genlyd.networks.linkedin.sign_in import CONNECTOR

LINKEDIN = Network(
    key="linkedin",
    name="LinkedIn",
    icon="building-2",
    limits=(Limit(_("characters"), 3000, utf16_units),),
    hand_over=link_dialog(
        "https://www.linkedin.com/sharing/share-offsite/?url=", "https://www.linkedin.com/feed/"
    ),
    written=under_card,
    capabilities=Capabilities(
        card=CardFrom.SUPPLIED,
        picture=PictureWay.UPLOAD,
        delete=True,
        # All four only with LinkedIn's vetted product.
        likes=True,
        comments=True,
        impressions=True,
        followers=True,
        unknown=Unknown.ASK,
        token_life=words.TOKEN_LIFE,
        approval=words.APPROVAL,
    ),
    preview=Preview(fold_after=210),
    sign_ins=(SignIn.OAUTH,),
    connector=CONNECTOR,
    app=AppSetup(
        portal="https://www.linkedin.com/developers/apps",
        steps=words.STEPS,
        check=check,
        fields=(
            AppField(
                key=VERSION, label=words.VERSION_LABEL, default=versions.DEFAULT, help=words.VERSION_HELP
            ),
            AppField(
                key=ANALYTICS,
                label=words.ANALYTICS_LABEL,
                help=words.ANALYTICS_HELP,
                required=False,
                switch=True,
            ),
        ),
    ),
    publisher=LinkedInPublisher(),
    reader=LinkedInReader(),
    # Of reporting data LinkedIn lets a year be kept; members' own figures it does not class. The stricter reading.
    kept_for=timedelta(days=365),
    addresses={"linkedin": "https://api.linkedin.com", "linkedin.auth": "https://www.linkedin.com"},
    hosts=("linkedin.com", "lnkd.in"),
    quotas=QUOTAS,
    spread=SPREAD,
    problems=PROBLEMS,
    errors=ERRORS,
    policy=words.POLICY,
    cost=words.COST,
)
