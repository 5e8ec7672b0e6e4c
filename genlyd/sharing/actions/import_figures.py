"""A member brings the file that LinkedIn has given them: matched with their posts, applied when they say so, undone."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Prefetch
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from genlyd.base import clock
from genlyd.base.errors import Refused
from genlyd.networks.linkedin.domain import urns
from genlyd.networks.linkedin.domain.exports import Export, Kind, Post, Unreadable, read
from genlyd.people.models import Consent, Member
from genlyd.sharing.access import shares_of
from genlyd.sharing.actions.imports_apply import apply, take_back
from genlyd.sharing.domain.matching import Ours, Theirs, match
from genlyd.sharing.models import Delivery, FigureImport, Share
from genlyd.sharing.words_import import unreadable

NETWORK = "linkedin"
#: Of a member's newest posts so many are held against a file.
MOST_SHARES = 2_000
#: A hand-over is posted between being opened and being confirmed, and not days later.
LONGEST_HAND_OVER = timedelta(hours=6)
#: What nobody confirmed, and what can no longer be undone.
KEPT_FOR = timedelta(days=30)


def upload(*, member: Member, content: bytes) -> FigureImport:
    """Read the file, keep what it says of the member's posts here, and nothing else of it. Raises Refused."""
    if not Consent.objects.filter(member=member, withdrawn_at=None).exists():
        raise Refused(
            _("You have not said yes to taking part."),
            next_step=_("Taking part is voluntary; say yes on your own page."), field="file",
        )  # fmt: skip
    try:
        export = read(content)
    except Unreadable as error:
        message, next_step = unreadable(error)
        raise Refused(message, next_step=next_step, field="file") from error
    now = clock.now()
    rows = _rows(member, export)
    return FigureImport.objects.create(
        organisation_id=member.organisation_id,
        member=member,
        kind=export.kind,
        uploaded_at=now,
        rows=rows,
        others=len(export.posts) - len(rows),
        as_of=_as_of(export, now),
        followers=export.followers,
    )


def _as_of(export: Export, now: datetime) -> datetime:
    """The end of the file's last day; for a file about a post's whole life, the moment it was brought."""
    if export.ends is None:
        return now
    return min(datetime.combine(export.ends, time(), tzinfo=UTC) + timedelta(days=1), now)


def _rows(member: Member, export: Export) -> list[dict[str, Any]]:
    found = match([_theirs(post) for post in export.posts], _ours(member))
    return [
        {
            "share": share_id,
            "how": how,
            "address": _address(post),
            "at": at.isoformat() if (at := _posted_at(post)) else None,
            "figures": {str(metric): value for metric, value in post.figures.items()},
            "partial": _is_partial(post, export),
        }
        for index, (share_id, how) in sorted(found.items())
        if (post := export.posts[index])
    ]


def _is_partial(post: Post, export: Export) -> bool:
    """The file's period begins after the post: its figures leave out the post's first and best days."""
    return bool(export.kind is Kind.PERIOD and export.starts and post.day and post.day < export.starts)


def _address(post: Post) -> str:
    return post.address if post.address.startswith("https://www.linkedin.com/") else urns.permalink(post.urn)


def _posted_at(post: Post) -> datetime | None:
    return post.at or urns.made_at(post.urn)


def _theirs(post: Post) -> Theirs:
    return Theirs(number=post.urn.rpartition(":")[2], links=post.links, text=post.text, at=_posted_at(post))


def _ours(member: Member) -> list[Ours]:
    newest = Prefetch("deliveries", queryset=Delivery.objects.order_by("-version"), to_attr="versions")
    shares = (
        shares_of(member)
        .filter(network=NETWORK, cancelled_at=None, deleted_at=None)
        .select_related("link")
        .prefetch_related(newest)
        .order_by("-created_at")
    )
    return [_one(share) for share in shares[:MOST_SHARES]]


def _one(share: Share) -> Ours:
    delivery = next(iter(share.versions), None)  # type: ignore[attr-defined]
    address = delivery.remote_id if delivery and delivery.remote_id else share.permalink
    urn = address if address.startswith("urn:") else urns.of_address(address)
    begins = ends = share.confirmed_at
    if share.way == Share.Way.HAND_OVER:
        begins = share.created_at
        ends = min(share.confirmed_at or begins + LONGEST_HAND_OVER, begins + LONGEST_HAND_OVER)
    return Ours(
        share_id=share.pk, number=urn.rpartition(":")[2], link=share.link.url if share.link else "",
        text=share.text, begins=begins, ends=ends,
    )  # fmt: skip


@transaction.atomic
def confirm(*, imported: FigureImport, chosen: set[int]) -> FigureImport:
    """Apply the rows of the chosen shares. Raises Refused when it has been done before."""
    imported = FigureImport.objects.select_for_update().select_related("member").get(pk=imported.pk)
    if imported.confirmed_at:
        raise Refused(_("These figures are in already."), next_step=_("Load the page again."))
    rows = [{**row, "at": parse_datetime(row["at"]) if row["at"] else None} for row in imported.rows]
    imported.changes = apply(imported, [row for row in rows if row["share"] in chosen])
    imported.confirmed_at = clock.now()
    imported.save(update_fields=["changes", "confirmed_at"])
    return imported


@transaction.atomic
def undo(*, imported: FigureImport) -> FigureImport:
    """Everything as it was before, except what has changed since. Raises Refused when there is nothing to undo."""
    imported = FigureImport.objects.select_for_update().select_related("member").get(pk=imported.pk)
    if not imported.confirmed_at or imported.undone_at:
        raise Refused(_("There is nothing to take back."), next_step=_("Load the page again."))
    take_back(imported)
    imported.undone_at = clock.now()
    imported.save(update_fields=["undone_at"])
    return imported


def discard(*, imported: FigureImport) -> None:
    FigureImport.objects.filter(pk=imported.pk, confirmed_at=None).delete()


def forget_old_imports(*, now: datetime) -> int:
    deleted, _counts = FigureImport.objects.filter(uploaded_at__lt=now - KEPT_FOR).delete()
    return deleted
