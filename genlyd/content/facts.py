from __future__ import annotations

from genlyd.base.facts import fact


@fact
class StoryPublished:
    story_id: int
    organisation_id: int


@fact
class StoryRetired:
    story_id: int
    organisation_id: int
