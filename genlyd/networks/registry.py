"""Every network Genlyd knows. A new one is a folder and a line here."""

from __future__ import annotations

from genlyd.networks.bluesky import BLUESKY
from genlyd.networks.contract import Network
from genlyd.networks.elsewhere import ELSEWHERE
from genlyd.networks.email import EMAIL
from genlyd.networks.facebook import FACEBOOK
from genlyd.networks.instagram import INSTAGRAM
from genlyd.networks.linkedin import LINKEDIN
from genlyd.networks.mastodon import MASTODON
from genlyd.networks.practice import PRACTICE
from genlyd.networks.signature import SIGNATURE
from genlyd.networks.threads import THREADS
from genlyd.networks.whatsapp import WHATSAPP
from genlyd.networks.x import X
from genlyd.networks.xing import XING

#: In the order in which people meet them.
NETWORKS: dict[str, Network] = {
    network.key: network
    for network in (
        LINKEDIN,
        BLUESKY,
        FACEBOOK,
        X,
        MASTODON,
        THREADS,
        INSTAGRAM,
        XING,
        WHATSAPP,
        EMAIL,
        SIGNATURE,
        ELSEWHERE,
        PRACTICE,
    )
}
#: Those where others see a post: what stories, plans and set-up are about.
REAL = {key: network for key, network in NETWORKS.items() if not network.practice}


def get(key: str) -> Network | None:
    return NETWORKS.get(key)


def suitable(keys: list[str]) -> list[Network]:
    """The networks a story suits; none named means all."""
    return [network for network in REAL.values() if not keys or network.key in keys]
