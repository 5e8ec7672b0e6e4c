"""Mail to administrators about the version of LinkedIn's API."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from genlyd.networks.linkedin import app as apps
from genlyd.networks.linkedin.domain import versions
from genlyd.networks.models import NetworkApp
from genlyd.notifications.actions.notify import notify
from genlyd.notifications.notice import Notice
from genlyd.people.queries import administrators


@transaction.atomic
def tell_administrators(*, app_id: int, version: str) -> int:
    """How many were told. Nobody when another version has been chosen meanwhile, or they know already."""
    app = NetworkApp.objects.select_for_update().get(pk=app_id)
    ended = apps.is_held(app)
    said = f"{version} {'ended' if ended else 'ends'}"
    if apps.version_of(app) != version or app.options.get(apps.WARNED) == said:
        return 0
    app.options = {**app.options, apps.WARNED: said}
    app.save(update_fields=["options"])
    told = 0
    for member in administrators(app.organisation_id).select_related("user", "organisation"):
        context = {
            "version": version, "ended": ended, "day": versions.sunset(version),
            "page": settings.URL + reverse("networks:accounts"),
        }  # fmt: skip
        told += notify(
            member,
            Notice(
                kind="networks.linkedin_version",
                subject=_ended if ended else lambda: _ends() % {"day": formats.date_format(versions.sunset(version))},
                template="networks/mail/linkedin_version",
                context=context,
            ),
        ) is not None  # fmt: skip
    return told


def _ended() -> str:
    return _("Posts to LinkedIn are waiting: its API version has ended")


def _ends() -> str:
    return _("LinkedIn's API version ends about %(day)s")
