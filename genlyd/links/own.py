"""Whose browser a visitor key of today is: of members who are signed in, so that their own clicks can be set apart.

Once per session and day, and again when the browser's address has changed. Every other request costs a hash.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from datetime import date
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse

from genlyd.base import clock
from genlyd.links.domain.visitor import SALT_BYTES, day_of, visitor_key
from genlyd.links.models import LinkPrivacy, OwnVisitor
from genlyd.links.models.clicks import ON_DAY, on_day
from genlyd.links.redirect.request import AGENT_LENGTH

log = logging.getLogger("genlyd.links")

#: Session key: the visitor key that was noted, as hex. Worth nothing once its day's salt is destroyed.
NOTED = "own_visitor"
#: Stored as the member of a key that several have today: colleagues behind one address, a computer they share.
NOBODY = 0
#: Today's salt: (day, salt). One pair, replaced as a whole, and with it yesterday's forgotten.
_salt: tuple[date, bytes] | None = None


class OwnBrowserMiddleware:
    """Below the one that puts `request.member` there."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.user.is_authenticated and request.member:  # type: ignore[attr-defined]
            try:
                _note(request, request.member)  # type: ignore[attr-defined]
            except DatabaseError:  # the page is made: nobody should miss it for this
                log.warning("A member's own browser could not be noted.", exc_info=True)
        return response


def key_of(request: HttpRequest, organisation_id: int, salt: bytes) -> bytes:
    """What the redirect makes of the same browser: the address is already the one a trusted proxy tells."""
    agent = request.META.get("HTTP_USER_AGENT", "").replace("\0", "")[:AGENT_LENGTH]
    return visitor_key(salt, organisation_id, request.META.get("REMOTE_ADDR", ""), agent)


def _note(request: HttpRequest, member: Any) -> None:
    day = day_of(clock.now())
    key = key_of(request, member.organisation_id, salt_of(day))
    if request.session.get(NOTED) == key.hex():
        return
    if not _unrecognised(request, member.organisation_id):
        remember(organisation_id=member.organisation_id, key=key, member_id=member.pk, day=day)
    request.session[NOTED] = key.hex()


def _unrecognised(request: HttpRequest, organisation_id: int) -> bool:
    """The redirect gives such a visitor a key of chance: there is nothing to tell apart, and nothing is noted."""
    if "1" not in {request.headers.get("DNT"), request.headers.get("Sec-GPC")}:
        return False
    wishes = LinkPrivacy.objects.filter(organisation=organisation_id).values_list(
        "respect_signals", flat=True
    )
    return all(wishes)


def remember(*, organisation_id: int, key: bytes, member_id: int, day: date) -> None:
    """A second member with the same key makes it nobody's: the one must not cost the other a colleague's click."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO links_ownvisitor AS known (organisation_id, visitor, member_id, day)"
            " VALUES (%s, %s, %s, %s) ON CONFLICT (organisation_id, visitor) DO UPDATE SET member_id ="
            " CASE WHEN known.member_id = excluded.member_id THEN known.member_id ELSE %s END",
            [organisation_id, key, member_id, day, NOBODY],
        )


# Named after nobody: one key of chance for all own clicks of a visitor, and of the browser what is kept of a private
# visitor's. `private` also keeps them from being judged again, as what they were judged by is gone.
_UNNAME = rf"""
UPDATE links_click AS c SET visitor = known.fresh, private = TRUE, country = '', referrer_host = '',
    user_agent = regexp_replace(regexp_replace(c.user_agent, '\([^()]*\)', '', 'g'), '/[^ ]* *', ' ', 'g')
FROM unnest(%s::bytea[], %s::bytea[]) AS known (visitor, fresh)
WHERE c.organisation_id = %s AND {ON_DAY} AND c.visitor = known.visitor AND c.verdict = 'own'
"""  # noqa: S608


def unname(*, today: date) -> None:
    """Forget of days that are over whose browser was whose, in the clicks too.

    An own click says by its link whose it is: with the visitor key beside it, it would say so of every other click that
    this browser made on that day, of any link.
    """
    for organisation_id, day in (
        OwnVisitor.objects.filter(day__lt=today).values_list("organisation_id", "day").distinct()
    ):
        mine = OwnVisitor.objects.filter(organisation_id=organisation_id, day=day)
        keys = [bytes(key) for key in mine.values_list("visitor", flat=True)]
        with transaction.atomic(), connection.cursor() as cursor:
            fresh = [secrets.token_bytes(len(key)) for key in keys]
            cursor.execute(_UNNAME, [keys, fresh, organisation_id, *on_day(day)])
            mine.delete()


def salt_of(day: date) -> bytes:
    """The salt that all redirect processes use; whoever asks first on a day makes it."""
    global _salt  # noqa: PLW0603
    known = _salt
    if known is None or known[0] != day:
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO links_daysalt (day, salt) VALUES (%s, %s) ON CONFLICT DO NOTHING",
                [day, secrets.token_bytes(SALT_BYTES)],
            )
            cursor.execute("SELECT salt FROM links_daysalt WHERE day = %s", [day])
            _salt = known = (day, bytes(cursor.fetchone()[0]))
    return known[1]
