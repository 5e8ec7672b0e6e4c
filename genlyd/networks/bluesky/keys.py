"""The key with which this installation proves to authorization servers that it is itself (decision 9).

A session belongs to the key it was begun with, for as long as it lives: a server ends the sessions of a key that is no
longer published. So a new key is only for new sessions, and an old one goes when its last session has gone.
"""

from __future__ import annotations

import secrets
import time
from collections import Counter
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from joserfc import jwk, jwt

from genlyd.base import clock
from genlyd.base.crypto import Unreadable, seal, unseal
from genlyd.networks.bluesky import dpop
from genlyd.networks.models import Account, ClientKey

#: Servers keep a copy of our metadata for a while: a key is used for new sessions when it has been published so long.
SETTLES = timedelta(hours=1)
#: After this a new key is made.
LASTS = timedelta(days=180)
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
_LOCK = 4_170_226


def _private(row: ClientKey) -> dict[str, Any] | None:
    try:
        return unseal(bytes(row.secret_sealed))
    except Unreadable:
        return None


def _take_turns() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def make() -> ClientKey:
    return ClientKey.objects.create(
        network="bluesky", kid=secrets.token_urlsafe(12), secret_sealed=seal(dpop.new_key())
    )


def published() -> list[dict[str, Any]]:
    """Every key's public half, the newest first; makes the first one."""
    found = _readable() or _first()
    return [{**dpop.public(key), "kid": row.kid, "alg": "ES256", "use": "sig"} for row, key in found]


def _readable() -> list[tuple[ClientKey, dict[str, Any]]]:
    rows = ClientKey.objects.filter(network="bluesky").order_by("-made_at", "-pk")
    return [(row, key) for row in rows if (key := _private(row)) is not None]


def _first() -> list[tuple[ClientKey, dict[str, Any]]]:
    with transaction.atomic():
        # Two pages asking at once on a new installation make one key.
        _take_turns()
        if not (found := _readable()):
            make()
            found = _readable()
    return found


def for_new_session() -> str:
    """The id of the newest key that has settled; of the oldest when none has."""
    found = _readable() or _first()
    settled = [row for row, _key in found if row.made_at <= clock.now() - SETTLES]
    return str((settled or [found[-1][0]])[0].kid)


def assertion(kid: str, *, client_id: str, issuer: str) -> dict[str, str]:
    """What a request to the authorization server carries (RFC 7523). Raises KeyError when the key is gone."""
    key = next((key for row, key in _readable() if row.kid == kid), None)
    if key is None:
        raise KeyError(kid)
    now = int(time.time())
    claims = {
        "iss": client_id, "sub": client_id, "aud": issuer, "jti": secrets.token_urlsafe(24), "iat": now,
        "exp": now + 60,
    }  # fmt: skip
    signed = jwt.encode({"alg": "ES256", "kid": kid}, claims, jwk.ECKey.import_key(key))
    return {"client_assertion_type": ASSERTION, "client_assertion": signed}


def _of_sessions() -> list[str]:
    living = Account.objects.filter(network="bluesky", disconnected_at=None, options__has_key="client_key")
    return list(living.values_list("options__client_key", flat=True))


def known() -> list[tuple[str, datetime, int]]:
    """Every key, the newest first: its id, when it was made, and how many connections it vouches for."""
    used = Counter(_of_sessions())
    rows = ClientKey.objects.filter(network="bluesky").order_by("-made_at", "-pk")
    return [(row.kid, row.made_at, used[row.kid]) for row in rows]


def tidy() -> None:
    """A new key when the newest is old; away with keys that no session needs any more."""
    found = list(ClientKey.objects.filter(network="bluesky").order_by("-made_at", "-pk"))
    if not found:
        return
    if found[0].made_at <= clock.now() - LASTS:
        make()
    needed = Counter(_of_sessions())
    # The two newest are what new sessions are begun with; somebody may be at Bluesky's page at this moment.
    for row in found[2:]:
        if row.kid not in needed and row.made_at <= clock.now() - timedelta(days=1):
            row.delete()


def rotate(*, forget_old: bool = False) -> ClientKey:
    """A new key now. With `forget_old` (a key got out) every session of the old keys ends, and people connect again."""
    with transaction.atomic():
        _take_turns()
        if forget_old:
            ClientKey.objects.filter(network="bluesky").delete()
        return make()
