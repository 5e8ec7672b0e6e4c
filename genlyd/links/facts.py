"""What links tell the areas above."""

from genlyd.base.facts import fact


@fact
class DaysRecounted:
    """Sums of days that are over have changed: clicks came late, or were judged again."""

    organisation_id: int
    #: The first of these days (UTC, ISO).
    since: str


@fact
class TargetInTrouble:
    """A page that links lead to has been gone or failing for a day. Recorded once per trouble."""

    target_id: int


@fact
class TargetBack:
    """The page answers again."""

    target_id: int
