"""What content does about lower areas' facts."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction

from genlyd.base import clock
from genlyd.base.facts import reacts_to
from genlyd.content.models import Story
from genlyd.content.notices import link_back, link_gone
from genlyd.content.queries import stories_leading_to
from genlyd.links.facts import TargetBack, TargetInTrouble
from genlyd.links.models import Target
from genlyd.links.notices import page_back, page_gone
from genlyd.links.owners import Concerned, concerned
from genlyd.notifications.actions.notify import notify
from genlyd.notifications.notice import Notice


@reacts_to(TargetInTrouble)
def tell_who_looks_after_it(fact: TargetInTrouble) -> None:
    """Once per trouble. Says nothing where the page answers again."""
    target = Target.objects.filter(pk=fact.target_id).first()
    if target is None or not target.in_trouble:
        return
    _tell(target, of_story=link_gone, of_link=page_gone)


@reacts_to(TargetBack)
def say_that_it_is_back(fact: TargetBack) -> None:
    target = Target.objects.filter(pk=fact.target_id).first()
    if target is None or target.in_trouble:
        return
    _tell(target, of_story=link_back, of_link=page_back)


def _tell(
    target: Target,
    *,
    of_story: Callable[[Story, Target], Notice],
    of_link: Callable[[Concerned, Target], Notice],
) -> None:
    """One page, one mail to a person: about a story they look after, else about links of theirs outside posts.

    All mails or none, since a reaction that fails is done again.
    """
    told: set[int] = set()
    with transaction.atomic():
        for story in stories_leading_to(target):
            member = story.responsible or story.created_by
            if member and member.pk not in told:
                told.add(member.pk)
                notify(member, of_story(story, target))
        for one in concerned(target, clock.now()):
            if one.member.pk not in told:
                notify(one.member, of_link(one, target))
