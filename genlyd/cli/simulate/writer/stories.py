from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from genlyd.cli.simulate import pictures
from genlyd.cli.simulate.texts import Card, Drawing, Texts
from genlyd.cli.simulate.timetable import StoryPlan
from genlyd.cli.simulate.writer.copying import when
from genlyd.content.actions.pictures import keep_picture
from genlyd.content.models import Angle, ExampleText, Media, Story, StoryFact
from genlyd.people.models import Member, Organisation
from genlyd.programmes.models import FocusArea, Period


@dataclass(frozen=True, slots=True)
class WrittenStory:
    id: int
    card: Card
    target: str
    #: The pictures a sharer may use: one with a person in it, one without (or none).
    person: int
    plain: int | None


def write_stories(
    organisation: Organisation,
    plans: tuple[StoryPlan, ...],
    texts: Texts,
    *,
    periods: list[Period],
    editor: int,
    target: Callable[[int], str],
) -> list[WrittenStory]:
    """A story per plan, its card taken in turn. `target` says where the n-th card leads."""
    media = [
        _card_picture(organisation, texts, number, editor)
        for number in range(min(len(plans), len(texts.cards)))
    ]
    own = [
        _picture(organisation, "team", texts.drawings["team"], 900 + number, editor) for number in range(3)
    ]
    areas = {(area.period_id, area.name): area.pk for area in FocusArea.objects.filter(period__in=periods)}
    made: list[WrittenStory] = []
    for number, plan in enumerate(plans):
        index = number % len(texts.cards)
        card, picture = texts.cards[index], media[index]
        story = Story.objects.create(
            organisation=organisation, period=periods[plan.period],
            focus_area_id=areas[periods[plan.period].pk, card.focus], sentence=card.sentence, why=card.why,
            not_public_yet=card.not_public_yet, url=target(index), picture=picture, language="da",
            responsible_id=editor, created_by_id=editor, created_at=when(plan.published_at - 86_400),
            not_before=when(plan.published_at), expires_at=when(plan.expires_at),
            published_at=when(plan.published_at), published_by_id=editor,
        )  # fmt: skip
        _details(story, card)
        made.append(
            WrittenStory(
                id=story.pk,
                card=card,
                target=story.url,
                person=picture.pk if picture.shows_person else own[number % len(own)].pk,
                plain=None if picture.shows_person else picture.pk,
            )
        )
    return made


def _details(story: Story, card: Card) -> None:
    StoryFact.objects.bulk_create(
        [StoryFact(story=story, text=text, source=source) for text, source in card.facts]
    )
    Angle.objects.bulk_create(
        [Angle(story=story, position=place, question=text) for place, text in enumerate(card.angles, 1)]
    )
    ExampleText.objects.create(story=story, text=card.example)


def _card_picture(organisation: Organisation, texts: Texts, number: int, editor: int) -> Media:
    name = texts.cards[number].picture
    return _picture(organisation, name, texts.drawings[name], number, editor)


def _picture(organisation: Organisation, name: str, drawing: Drawing, seed: int, by: int) -> Media:
    return keep_picture(
        organisation=organisation,
        data=pictures.draw(name, seed),
        by=Member.objects.get(pk=by),
        alt=drawing.alt,
        shows_person=drawing.person,
    )
