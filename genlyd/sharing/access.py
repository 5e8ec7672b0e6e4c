"""What a member may load: their own, and nothing of anybody else's."""

from __future__ import annotations

from django.db.models import QuerySet

from genlyd.base.tenancy import one_or_404
from genlyd.people.models import Member
from genlyd.sharing.models import Delivery, FigureImport, Share


def shares_of(member: Member) -> QuerySet[Share]:
    return Share.objects.filter(member=member, organisation_id=member.organisation_id)


def share_for(member: Member, pk: int) -> Share:
    rows = shares_of(member).select_related(
        "story__preview_picture", "link", "picture", "member__organisation"
    )
    return one_or_404(rows, pk=pk)


def delivery_of(share: Share) -> Delivery | None:
    """The newest version of the share's delivery."""
    return share.deliveries.select_related("account").order_by("-version").first()


def figure_imports_of(member: Member) -> QuerySet[FigureImport]:
    return FigureImport.objects.filter(member=member, organisation_id=member.organisation_id)


def figure_import_for(member: Member, pk: int) -> FigureImport:
    return one_or_404(figure_imports_of(member), pk=pk)
