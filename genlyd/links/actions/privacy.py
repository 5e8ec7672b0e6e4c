from __future__ import annotations

from django.db import transaction

from genlyd.base.audit import note
from genlyd.links.models import LinkPrivacy
from genlyd.people.models import Member


@transaction.atomic
def change_privacy(*, by: Member, respect_signals: bool, countries: bool) -> LinkPrivacy:
    """What the organisation wants to know of its visitors from now on. What was counted before stays.

    Redirect processes are told by the database and follow within seconds.
    """
    wishes, _made = LinkPrivacy.objects.select_for_update().get_or_create(organisation_id=by.organisation_id)
    wanted = {"respect_signals": respect_signals, "countries": countries}
    changed = sorted(name for name, value in wanted.items() if getattr(wishes, name) != value)
    if changed:
        for name in changed:
            setattr(wishes, name, wanted[name])
        wishes.save(update_fields=changed)
        note(by.organisation, by, "links.privacy_changed", by.organisation, **wanted)
    return wishes
