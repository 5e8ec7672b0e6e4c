"""The composer: the story, a question, an empty field, and what is said about it while one writes."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from genlyd.base import clock
from genlyd.base.errors import Refused
from genlyd.content.access import story_for
from genlyd.content.actions.pictures import keep_picture
from genlyd.content.models import Media, Story
from genlyd.networks.registry import NETWORKS
from genlyd.people.access import MemberRequest, member_page
from genlyd.sharing.actions.draft import discard_draft, save_draft
from genlyd.sharing.actions.share import share_story
from genlyd.sharing.composer import Composer, network_for, networks_for
from genlyd.sharing.forms import ComposeForm
from genlyd.sharing.models import Draft, Share
from genlyd.sharing.queries import has_shared


@member_page
@require_http_methods(["GET", "POST"])
def compose(request: MemberRequest, story: int) -> HttpResponseBase:
    card = story_for(request.member, story)
    draft = Draft.objects.filter(member=request.member, story=card).select_related("picture").first()
    if request.method == "POST":
        return _posted(request, card, draft)
    network = network_for(card, request.GET.get("network"), draft.network if draft else None)
    composer = Composer(
        request.member, card, network, draft.text if draft else "", _first_picture(card, draft),
        (draft.planned_at if draft else None) or clock.now(), draft,
    )  # fmt: skip
    form = ComposeForm(
        story=card, networks=networks_for(card), own=_own(card, draft),
        initial={
            "network": network.key, "text": composer.text, "picture": _choice(card, composer.picture),
            "when": "later" if draft and draft.planned_at else "now", "planned_at": draft.planned_at if draft else None,
        },
    )  # fmt: skip
    return _page(request, composer, form)


@member_page
@require_POST
def check(request: MemberRequest, story: int) -> HttpResponse:
    """The live part while one writes: keeps the draft, and says what there is to say."""
    card = story_for(request.member, story)
    draft = Draft.objects.filter(member=request.member, story=card).select_related("picture").first()
    form = ComposeForm(request.POST, story=card, networks=networks_for(card), own=_own(card, draft))
    composer = _composer(request, card, draft, form)
    kept = _keep(composer, form)
    return render(request, "sharing/compose.html#live", {"composer": composer, "story": card, "saved": kept})


@member_page
@require_POST
def discard(request: MemberRequest, story: int) -> HttpResponse:
    """No thanks. Leaves no trace."""
    discard_draft(member=request.member, story=story_for(request.member, story))
    return redirect("/")


def _posted(request: MemberRequest, card: Story, draft: Draft | None) -> HttpResponseBase:
    form = ComposeForm(
        request.POST, request.FILES, story=card, networks=networks_for(card), own=_own(card, draft)
    )
    composer = _composer(request, card, draft, form)
    deed = request.POST.get("do", "save")
    if not form.is_valid():
        _keep(composer, form)
        return _page(request, composer, form, status=422)
    try:
        if upload := form.cleaned_data["upload"]:
            composer.picture = keep_picture(
                organisation=request.member.organisation, data=upload.read(), by=request.member,
                alt=form.cleaned_data["alt"].strip(), shows_person=form.cleaned_data["shows_person"],
            )  # fmt: skip
        if deed == "practise" or composer.network.practice:
            # What was written stays for the real one.
            _keep(composer, form)
            composer.network = NETWORKS["practice"]
        if deed in {"post", "hand_over", "practise"} and not upload:
            return _share(request, composer, form, by_itself=deed != "hand_over")
    except Refused as refused:
        _keep(composer, form)
        known = refused.field if refused.field in form.fields else None
        form.add_error(
            "upload" if refused.field == "picture" else known, f"{refused.message} {refused.next_step}"
        )
        return _page(request, composer, form, status=422)
    _keep(composer, form)
    messages.success(request, _("Saved. Only you can see it."))
    query = f"?angle={request.POST['angle']}" if request.POST.get("angle", "").isdecimal() else ""
    return redirect(reverse("sharing:compose", args=[card.pk]) + query)


def _share(
    request: MemberRequest, composer: Composer, form: ComposeForm, *, by_itself: bool
) -> HttpResponseBase:
    checked = composer.checked
    # What the person has been told already: of the same text, warnings are asked about once.
    asked_already = request.POST.get("seen") == composer.fingerprint
    if checked.blocking or (checked.warning and not asked_already):
        _keep(composer, form)
        asks = not checked.blocking
        deed = "practise" if composer.network.practice else "post" if by_itself else "hand_over"
        return _page(request, composer, form, status=200 if asks else 422, asks=asks, deed=deed)
    later = form.cleaned_data["when"] == "later"
    share = share_story(
        member=request.member, story=composer.story, network=composer.network, text=composer.text,
        picture=composer.picture, account=composer.account if by_itself and composer.posts_by_itself else None,
        planned_at=form.cleaned_data["planned_at"] if later else None,
    )  # fmt: skip
    if composer.network.practice and not later:
        return redirect("sharing:practice")
    if share.way == Share.Way.HAND_OVER and not later:
        return redirect("sharing:hand_over", pk=share.pk)
    going = _("On its way to %(network)s.") % {"network": composer.network.name}
    messages.success(request, _("Planned. You can change it or call it off until then.") if later else going)
    return redirect("sharing:mine")


def _page(
    request: MemberRequest,
    composer: Composer,
    form: ComposeForm,
    *,
    status: int = 200,
    asks: bool = False,
    deed: str = "",
) -> HttpResponse:
    angles = list(composer.story.angles.all())
    wanted = request.GET.get("angle") or request.POST.get("angle") or ""
    number = int(wanted) % 1000 if wanted.isdecimal() else 1
    position = (number - 1) % len(angles) if angles else 0
    context: dict[str, Any] = {
        "composer": composer,
        "story": composer.story,
        "form": form,
        "angle": angles[position] if angles else None,
        "next_angle": (position + 1) % len(angles) + 1 if len(angles) > 1 else None,
        "asks": asks,
        "begins": not asks,
        "invites": not (asks or composer.network.practice or has_shared(request.member)),
        "deed": deed,
        "saved": composer.draft,
    }
    return render(request, "sharing/compose.html", context, status=status)


def _composer(request: MemberRequest, card: Story, draft: Draft | None, form: ComposeForm) -> Composer:
    """From what was sent, also when a part of it is not valid: nothing that was written is lost."""
    form.is_valid()
    sent = form.cleaned_data
    text = sent.get("text", request.POST.get("text", "")[:100_000]).replace("\r\n", "\n").replace("\x00", "")
    later = sent.get("when") == "later" and sent.get("planned_at")
    return Composer(
        request.member, card, network_for(card, sent.get("network"), draft.network if draft else None), text,
        _chosen(sent.get("picture"), card, draft), later or clock.now(), draft,
    )  # fmt: skip


def _keep(composer: Composer, form: ComposeForm) -> Draft | None:
    sent = form.cleaned_data
    planned_at = sent.get("planned_at") if sent.get("when") == "later" else None
    own = composer.picture if composer.picture and composer.picture.pk != composer.story.picture_id else None
    return save_draft(
        member=composer.member, story=composer.story, network=composer.network.key, text=composer.text,
        picture=own or composer.picture, planned_at=planned_at,
    )  # fmt: skip


def _own(card: Story, draft: Draft | None) -> Media | None:
    """The person's own picture, if the draft has one."""
    return draft.picture if draft and draft.picture_id and draft.picture_id != card.picture_id else None


def _first_picture(card: Story, draft: Draft | None) -> Media | None:
    if draft:
        return draft.picture
    return None if card.url else card.picture


def _chosen(choice: str | None, card: Story, draft: Draft | None) -> Media | None:
    if choice == "story":
        return card.picture
    return _own(card, draft) if choice == "own" else None


def _choice(card: Story, picture: Media | None) -> str:
    if picture is None:
        return "none"
    return "story" if picture.pk == card.picture_id else "own"
