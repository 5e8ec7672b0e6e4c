"""Carrying out an import, and taking it back. Part of the caller's transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from genlyd.base import clock
from genlyd.base.facts import record
from genlyd.networks.domain.figures import Metric
from genlyd.networks.models import Account
from genlyd.sharing.actions.answer import say_posted
from genlyd.sharing.actions.report import report_many
from genlyd.sharing.actions.results import confirm_share
from genlyd.sharing.domain.lifecycle import State
from genlyd.sharing.facts import ShareDeleted
from genlyd.sharing.models import Delivery, FigureImport, PostReading, Share

#: PostReading.source
SOURCE = "linkedin_file"


def apply(imported: FigureImport, rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Confirm, fill in addresses, note figures. Returns what `take_back` needs."""
    shares = {
        share.pk: share
        for share in Share.objects.select_for_update(of=("self",))
        .select_related("link")
        .filter(pk__in=[row["share"] for row in rows], member_id=imported.member_id, cancelled_at=None)
    }
    changes: dict[str, Any] = {
        "confirmed": [],
        "settled": [],
        "addresses": {},
        "noted": [],
        "followers": None,
    }
    for row in rows:
        if share := shares.get(row["share"]):
            _confirm(share, row, changes)
            _fill_address(share, row, changes)
    there = {share.pk for share in shares.values() if share.confirmed_at}
    figures = {row["share"]: row["figures"] for row in rows if row["share"] in there and not row["partial"]}
    changes["noted"] = _note(imported, {share_id: said for share_id, said in figures.items() if said})
    changes["followers"] = _count_followers(imported)
    return changes


def _confirm(share: Share, row: dict[str, Any], changes: dict[str, Any]) -> None:
    """LinkedIn's own file lists it: it is there."""
    if share.confirmed_at:
        return
    if share.way == Share.Way.HAND_OVER:
        at = min(max(row["at"] or clock.now(), share.created_at), clock.now())
        confirm_share(share, at=at, by_api=False, permalink=row["address"])
        changes["confirmed"].append(share.pk)
    elif Delivery.objects.filter(share=share, state=State.ASK_PERSON).exists():
        say_posted(share=share, permalink=row["address"])
        share.refresh_from_db(fields=["confirmed_at", "permalink"])
        changes["settled"].append(share.pk)


def _fill_address(share: Share, row: dict[str, Any], changes: dict[str, Any]) -> None:
    if share.confirmed_at and not share.permalink:
        share.permalink = row["address"]
        share.save(update_fields=["permalink"])
        changes["addresses"][str(share.pk)] = row["address"]


def _note(imported: FigureImport, figures: dict[int, dict[str, int]]) -> list[list[Any]]:
    before = _open(imported, list(figures))
    said = {share: {Metric(name): value for name, value in each.items()} for share, each in figures.items()}
    report_many(organisation_id=imported.organisation_id, by_share=said, at=imported.as_of, source=SOURCE)
    return [[share, metric] for share, metric in _open(imported, list(figures)) - before]


def _open(imported: FigureImport, shares: list[int]) -> set[tuple[int, str]]:
    """What stands as this file's word now."""
    rows = PostReading.objects.filter(
        organisation_id=imported.organisation_id, share_id__in=shares, source=SOURCE, read_at=imported.as_of
    )
    return set(rows.values_list("share_id", "metric"))


def _count_followers(imported: FigureImport) -> dict[str, Any] | None:
    account = Account.objects.filter(
        member_id=imported.member_id, network="linkedin", disconnected_at=None
    ).first()
    if account is None or imported.followers is None:
        return None
    if account.followers_at and account.followers_at >= imported.as_of:
        return None
    before = {
        "account": account.pk,
        "followers": account.followers,
        "at": account.followers_at.isoformat() if account.followers_at else None,
    }
    account.followers, account.followers_at = imported.followers, imported.as_of
    account.save(update_fields=["followers", "followers_at"])
    return before


def take_back(imported: FigureImport) -> None:
    changes = imported.changes or {}
    for share_id, metric in changes.get("noted", []):
        _take_back_figure(imported, share_id, metric)
    for share_id, address in changes.get("addresses", {}).items():
        Share.objects.filter(pk=share_id, permalink=address).update(permalink="")
    for share in Share.objects.filter(pk__in=changes.get("confirmed", []), deleted_at=None):
        share.confirmed_at, share.confirmed_by_api, share.permalink = None, None, ""
        share.save(update_fields=["confirmed_at", "confirmed_by_api", "permalink"])
        # To whoever counts it is the same as gone: it counts no more.
        record(ShareDeleted(share_id=share.pk))
    if before := changes.get("followers"):
        at = datetime.fromisoformat(before["at"]) if before["at"] else None
        Account.objects.filter(pk=before["account"], followers_at=imported.as_of).update(
            followers=before["followers"], followers_at=at
        )


def _take_back_figure(imported: FigureImport, share_id: int, metric: str) -> None:
    of_it = PostReading.objects.filter(
        organisation_id=imported.organisation_id, share_id=share_id, metric=metric
    )
    row = of_it.filter(read_at=imported.as_of, source=SOURCE).first()
    if row is None:
        return
    stood, until = row.until is None, row.until
    of_it.filter(read_at=imported.as_of, source=SOURCE).delete()
    # What was known before goes on, until whatever came after.
    before = of_it.filter(until=imported.as_of)
    before.update(until=None if stood else until)
