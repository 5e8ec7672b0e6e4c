"""Instagram: posts by itself to professional accounts, always with a picture; by hand for everybody else."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from genlyd.networks.contract import (
    Capabilities,
    CardFrom,
    HandOver,
    Limit,
    Message,
    Network,
    PictureWay,
    Preview,
    SignIn,
    ends_with_link,
)
from genlyd.networks.domain.counting import code_points
from genlyd.networks.domain.outcome import Unknown
from genlyd.networks.instagram.domain import caption
from genlyd.networks.instagram.domain.errors import MEANINGS
from genlyd.networks.instagram.limits import QUOTAS
from genlyd.networks.instagram.login import InstagramLogin
from genlyd.networks.instagram.publisher import SHAPES, InstagramPublisher
from genlyd.networks.instagram.reader import NAMES, InstagramReader
from genlyd.networks.instagram.setup import SETUP
from genlyd.networks.instagram.words import ERRORS, PROBLEMS

#: When it is too old, Graph answers with the next one that it still knows.
VERSION = "v23.0"


def hand_over(message: Message) -> HandOver:
    """Instagram has no address that takes words or a picture: the text is pasted, the picture saved or handed on."""
    return HandOver(text=ends_with_link(message), url="https://www.instagram.com/")


CONNECTOR = InstagramLogin(
    network="instagram",
    prefix="ig",
    version=VERSION,
    scopes=(
        "instagram_business_basic",
        "instagram_business_content_publish",
        "instagram_business_manage_insights",
    ),
    needed=("instagram_business_basic", "instagram_business_content_publish"),
    allows=(
        _("Post what you have approved, as you."),
        _("Read how often your posts are seen, and how many follow you."),
    ),
)

INSTAGRAM = Network(
    key="instagram",
    name="Instagram",
    icon="image-plus",
    limits=(
        Limit(_("characters"), 2200, code_points),
        Limit(_("hashtags"), 30, caption.hashtags),
        Limit(_("names"), 20, caption.names),
    ),
    hand_over=hand_over,
    capabilities=Capabilities(
        text=False,
        card=CardFrom.NONE,
        picture=PictureWay.PUBLIC_URL,
        picture_required=True,
        picture_shapes=SHAPES,
        likes=True,
        comments=True,
        impressions=True,
        followers=True,
        unknown=Unknown.LOOK,
        token_life=_("60 days, renewed by itself"),
        approval=_("An app at Meta, and App Review before everybody may connect"),
    ),
    preview=Preview(card=False, fold_after=125),
    sign_ins=(SignIn.OAUTH,),
    connector=CONNECTOR,
    app=SETUP,
    publisher=InstagramPublisher(
        network="instagram",
        connector=CONNECTOR,
        version=VERSION,
        create_path="{id}/media",
        publish_path="{id}/media_publish",
        list_path="{id}/media",
        quota_path="{id}/content_publishing_limit",
        status_fields="status_code,status",
        words="caption",
        named="image_url",
        post_fields="id,caption,permalink,timestamp",
        meanings=MEANINGS,
    ),
    reader=InstagramReader(
        network="instagram", connector=CONNECTOR, version=VERSION, names=NAMES, meanings=MEANINGS
    ),
    addresses={
        "instagram": "https://graph.instagram.com",
        "instagram.token": "https://api.instagram.com",
        "instagram.auth": "https://www.instagram.com",
    },
    hosts=("instagram.com",),
    problems=PROBLEMS,
    errors=ERRORS,
    policy=(
        _(
            "Instagram lets programs post to professional accounts only: business or creator, not private ones."
        ),
        _("Every post needs a picture, and nobody can tap a link in its text."),
        _("Meta lets an app show a person's posts, and the figures of a post, to that person alone."),
        _("Pictures are fetched by Meta from this installation, so it must be reachable from the internet."),
        _("A post can be deleted in the Instagram app only."),
    ),
    quotas=QUOTAS,
)
