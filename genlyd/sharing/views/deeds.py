"""What a member does about a post of theirs. Each is one POST and leads back to the list."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from genlyd.base.errors import Refused
from genlyd.people.access import MemberRequest, member_page
from genlyd.sharing.access import share_for
from genlyd.sharing.actions.answer import post_late as post_it_late
from genlyd.sharing.actions.answer import say_not_posted, say_posted
from genlyd.sharing.actions.change import cancel_share, edit_share
from genlyd.sharing.actions.delete import ask_deletion
from genlyd.sharing.forms import EditForm, PostedForm
from genlyd.sharing.models import Share
from genlyd.sharing.queries import my_shares, posts
from genlyd.sharing.views.hand_over import page


@member_page
@require_POST
def answer(request: MemberRequest, pk: int) -> HttpResponseBase:
    """Did you post it? "yes" with or without its address, "no"; "not yet" is simply going away."""
    share = share_for(request.member, pk)
    if request.POST.get("answer") == "no":
        return _do(request, lambda: say_not_posted(share=share), _("Thank you. That leaves no trace."))
    form = PostedForm(request.POST)
    if form.is_valid():
        try:
            say_posted(share=share, permalink=form.cleaned_data["permalink"])
        except Refused as refused:
            form.add_error("permalink" if refused.field else None, f"{refused.message} {refused.next_step}")
    if form.errors:
        if share.way == Share.Way.HAND_OVER:
            return page(request, share, form, status=422)
        [post] = posts(my_shares(request.member).filter(pk=share.pk))
        return render(request, "sharing/answer.html", {"post": post, "form": form}, status=422)
    messages.success(request, _("Thank you for telling it. Here you can follow what comes of it."))
    return redirect("sharing:mine")


@member_page
@require_POST
def post_late(request: MemberRequest, pk: int) -> HttpResponse:
    """Should it still go out? Yes."""
    share = share_for(request.member, pk)
    return _do(request, lambda: post_it_late(share=share), _("It is on its way now."))


@member_page
@require_POST
def cancel(request: MemberRequest, pk: int) -> HttpResponse:
    share = share_for(request.member, pk)
    return _do(request, lambda: cancel_share(share=share), _("Called off. Nothing will be posted."))


@member_page
@require_POST
def delete(request: MemberRequest, pk: int) -> HttpResponse:
    share = share_for(request.member, pk)
    return _do(request, lambda: ask_deletion(share=share), _("It is being deleted."))


@member_page
@require_http_methods(["GET", "POST"])
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Other words or another time, while it has not gone out."""
    share = share_for(request.member, pk)
    form = EditForm(request.POST or None, initial={"text": share.text, "planned_at": share.planned_at})
    if request.method == "POST" and form.is_valid():
        try:
            edit_share(
                share=share, text=form.cleaned_data["text"], planned_at=form.cleaned_data["planned_at"]
            )
        except Refused as refused:
            known = refused.field if refused.field in form.fields else None
            form.add_error(known, f"{refused.message} {refused.next_step}")
        else:
            messages.success(request, _("Changed."))
            return redirect("sharing:mine")
    [post] = posts(my_shares(request.member).filter(pk=share.pk))
    return render(
        request, "sharing/edit.html", {"post": post, "form": form}, status=422 if form.errors else 200
    )


def _do(request: MemberRequest, deed: Callable[[], object], done: str) -> HttpResponse:
    try:
        deed()
    except Refused as refused:
        messages.error(request, f"{refused.message} {refused.next_step}")
    else:
        messages.success(request, done)
    return redirect("sharing:mine")
