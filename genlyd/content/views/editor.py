"""The editor of a message card: new and existing stories, with or without JavaScript."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from genlyd.base import clock
from genlyd.base.errors import Refused
from genlyd.content import access, rows
from genlyd.content.actions import stories
from genlyd.content.actions.pictures import describe_picture, keep_picture
from genlyd.content.actions.preview import FAULTS
from genlyd.content.angles import proposed_angles
from genlyd.content.domain.pictures import MOST_BYTES
from genlyd.content.forms import SENTENCE_MOST, PreviewForm, StoryForm
from genlyd.content.models import Media, Story
from genlyd.content.views import asked
from genlyd.people.access import MemberRequest, editor_page
from genlyd.programmes.models import Period


@editor_page
@require_http_methods(["GET", "POST"])
def write(request: MemberRequest) -> HttpResponse:
    return _editor(request, None)


@editor_page
@require_http_methods(["GET", "POST"])
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    return _editor(request, access.story_to_edit(request.member, pk))


def _editor(request: MemberRequest, story: Story | None) -> HttpResponse:
    if request.method != "POST":
        return _page(
            request, story, _blank(request, story), _rows_of(story), _picture_of(request, None, story)
        )
    form = StoryForm(request.POST, request.FILES, member=request.member, story=story)
    filled, deed = rows.read(request.POST), request.POST.get("deed", "save")
    form.full_clean()
    picture = _picture_of(request, form, story)
    if filled.change(deed):
        return _page(request, story, _unchecked(request, form, story), filled, picture)
    if not form.is_valid():
        return _page(request, story, form, filled, picture, status=422)
    try:
        saved = _save(request, form, story, filled, picture, publishes=deed == "publish")
    except Refused as refusal:
        field = refusal.field if refusal.field in form.fields else None
        form.add_error(
            "last_day" if refusal.field == "expires_at" else field, f"{refusal.message} {refusal.next_step}"
        )
        return _page(request, story, form, filled, picture, status=422)
    messages.success(request, _("The story is out.") if deed == "publish" else _("Saved."))
    return redirect("content:story", pk=saved.pk)


def _save(
    request: MemberRequest,
    form: StoryForm,
    story: Story | None,
    filled: rows.Rows,
    picture: Media | None,
    *,
    publishes: bool,
) -> Story:
    now, data = clock.now(), form.cleaned_data
    with transaction.atomic():
        if picture:
            describe_picture(media=picture, alt=data["alt"].strip(), shows_person=data["shows_person"])
        card = form.card(picture=picture, facts=filled.filled_facts(), examples=filled.filled_examples())
        if story is None:
            saved = stories.write_story(by=request.member, card=card, now=now)
        else:
            saved = stories.change_story(story=story, card=card, now=now)
        if publishes:
            saved = stories.publish_story(story=saved, by=request.member, now=now)
    return saved


def _picture_of(request: MemberRequest, form: StoryForm | None, story: Story | None) -> Media | None:
    """The picture the form now stands for: just uploaded, or chosen before. A bad upload is an error of the form."""
    if form is None:
        return story.picture if story else None
    if form.upload:
        try:
            if (form.upload.size or 0) > MOST_BYTES:
                # Without reading it: the words are those of the decoder.
                return keep_picture(
                    organisation=request.member.organisation, data=b"x" * (MOST_BYTES + 1), by=None
                )
            data = form.upload.read()
            return keep_picture(organisation=request.member.organisation, data=data, by=request.member)
        except Refused as refusal:
            form.add_error("picture", f"{refusal.message} {refusal.next_step}")
            return None
    kept = form.cleaned_data.get("picture_id")
    if not kept or form.cleaned_data.get("remove_picture"):
        return None
    return access.picture_for(request.member, kept)


def _blank(request: MemberRequest, story: Story | None) -> StoryForm:
    if story is not None:
        return StoryForm(member=request.member, story=story)
    period = _period_asked(request)
    language = (get_language() or "da")[:2]
    angles = proposed_angles(period.programme.goal_kind if period else "", language)
    initial: dict[str, object] = {f"angle_{number}": text for number, text in enumerate(angles, start=1)}
    initial |= {"language": language, "responsible": request.member, "period": period.pk if period else None}
    return StoryForm(member=request.member, initial=initial | {"focus_area": asked.number(request, "focus")})


def _period_asked(request: MemberRequest) -> Period | None:
    """The period named in the address, else the one that runs today."""
    house = Period.objects.filter(organisation_id=request.member.organisation_id, closed_at=None)
    house = house.select_related("programme")
    wanted = asked.number(request, "period")
    if wanted:
        return house.filter(pk=wanted).first()
    return house.running(clock.today(request.member.organisation.time_zone)).first()


def _unchecked(request: MemberRequest, form: StoryForm, story: Story | None) -> StoryForm:
    """What stands in the form, without complaints: the person only asked for another row."""
    typed = {name: form[name].value() for name in form.fields if name not in {"picture", "picture_id"}}
    return StoryForm(member=request.member, story=story, initial=typed)


def _rows_of(story: Story | None) -> rows.Rows:
    if story is None:
        return rows.Rows(facts=[("", "")])
    return rows.Rows(
        facts=[(fact.text, fact.source) for fact in story.facts.all()] or [("", "")],
        examples=[example.text for example in story.examples.all()],
    )


def _page(
    request: MemberRequest,
    story: Story | None,
    form: StoryForm,
    filled: rows.Rows,
    picture: Media | None,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "story": story,
        "form": form,
        "rows": filled,
        "most_rows": rows.MOST_ROWS,
        "picture": picture,
        "sentence_most": SENTENCE_MOST,
        "preview_fault": FAULTS.get(story.preview_error) if story else None,
        "preview_form": PreviewForm(
            initial={"title": story.preview_title, "description": story.preview_description}
            if story
            else None
        ),
    }
    return render(request, "content/editor.html", context, status=status)
