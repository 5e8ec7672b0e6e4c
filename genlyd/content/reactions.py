"""What content does about lower areas' facts."""

from __future__ import annotations

from genlyd.base.facts import reacts_to
from genlyd.content.notices import link_back, link_gone
from genlyd.content.queries import stories_leading_to
from genlyd.links.facts import TargetBack, TargetInTrouble
from genlyd.links.models import Target
from genlyd.notifications.actions.notify import notify


@reacts_to(TargetInTrouble)
def tell_the_responsible(fact: TargetInTrouble) -> None:
    """Once per trouble. Says nothing where the page answers again, or nobody is responsible."""
    target = Target.objects.filter(pk=fact.target_id).first()
    if target is None or not target.in_trouble:
        return
    for story in stories_leading_to(target):
        if member := story.responsible or story.created_by:
            notify(member, link_gone(story, target))


@reacts_to(TargetBack)
def say_that_it_is_back(fact: TargetBack) -> None:
    target = Target.objects.filter(pk=fact.target_id).first()
    if target is None or target.in_trouble:
        return
    for story in stories_leading_to(target):
        if member := story.responsible or story.created_by:
            notify(member, link_back(story, target))
