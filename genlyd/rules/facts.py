"""What rules announce."""

from __future__ import annotations

from genlyd.base.facts import fact


@fact
class GuidelinePublished:
    """Everybody is asked to read this version."""

    guideline_id: int
