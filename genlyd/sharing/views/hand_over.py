"""The way out without an API: the words in the clipboard, the network open, and afterwards one question."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from genlyd.networks.registry import NETWORKS
from genlyd.people.access import MemberRequest, member_page
from genlyd.sharing.access import share_for
from genlyd.sharing.actions.answer import note_opened
from genlyd.sharing.actions.parcel import message_of
from genlyd.sharing.forms import PostedForm
from genlyd.sharing.models import Share
from genlyd.sharing.queries import my_shares, posts


@member_page
@require_safe
def hand_over(request: MemberRequest, pk: int) -> HttpResponseBase:
    share = share_for(request.member, pk)
    if share.way != Share.Way.HAND_OVER or share.confirmed_at or share.cancelled_at:
        return redirect("sharing:mine")
    note_opened(share=share)
    return page(request, share, PostedForm())


@member_page
@require_safe
def confirm(request: MemberRequest, pk: int) -> HttpResponseBase:
    """Where one answers whether a post went out: for whoever sends a person there, whichever way it took."""
    share = share_for(request.member, pk)
    if share.way == Share.Way.HAND_OVER and not share.confirmed_at and not share.cancelled_at:
        return page(request, share, PostedForm())
    [post] = posts(my_shares(request.member).filter(pk=pk))
    return render(request, "sharing/answer.html", {"post": post, "form": PostedForm()})


def page(request: MemberRequest, share: Share, form: PostedForm, *, status: int = 200) -> HttpResponse:
    network = NETWORKS[share.network]
    over = network.hand_over(message_of(share))
    link = share.link.url if share.link else ""
    if not network.permalinks:
        form.fields.pop("permalink", None)
    context = {
        "share": share,
        "network": network,
        "over": over,
        # A phone's share sheet opens no dialog of the network's, so a link that is not in the text goes with it.
        "link_beside": "" if link in over.text else link,
        "form": form,
    }
    return render(request, "sharing/hand_over.html", context, status=status)
