"""The organisation's app at LinkedIn: its version of the API, and whether LinkedIn still serves that version."""

from __future__ import annotations

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from genlyd.base import clock
from genlyd.networks.credentials import app_of
from genlyd.networks.domain.outcome import Kind, Outcome
from genlyd.networks.linkedin.domain import versions
from genlyd.networks.linkedin.domain.errors import VERSION_WAIT
from genlyd.networks.models import NetworkApp

VERSION = "version"
#: The app has LinkedIn's vetted product (Community Management API): figures can be read back.
ANALYTICS = "analytics"
#: The version that LinkedIn has answered with 426. While it is the chosen one nothing is sent; another one releases.
ENDED = "ended_version"
#: The version whose end administrators have been told of.
WARNED = "warned_version"
#: A key of this network's `problems`: what people whose posts wait are told.
PROBLEM = "version"


def app_for(organisation_id: int) -> NetworkApp | None:
    return app_of(organisation_id, "linkedin")


def version_of(app: NetworkApp | None) -> str:
    """What the administrator chose; the one known to us when that is no version."""
    chosen = str(app.options.get(VERSION, "")) if app else ""
    return chosen if versions.is_version(chosen) else versions.DEFAULT


def reads_figures(app: NetworkApp | None) -> bool:
    return bool(app and app.options.get(ANALYTICS))


def is_held(app: NetworkApp | None) -> bool:
    """LinkedIn serves the chosen version no more: everybody's posts wait, and nobody calls in vain."""
    return app is not None and app.options.get(ENDED) == version_of(app)


def held() -> Outcome:
    return Outcome(kind=Kind.WAIT, problem=PROBLEM, wait=VERSION_WAIT, error="the version has ended")


@transaction.atomic
def mark_ended(app: NetworkApp, version: str) -> None:
    """LinkedIn answered 426 to `version`. The first to see it tells the administrators."""
    from genlyd.networks.linkedin.tasks import tell_version  # tasks import this

    locked = NetworkApp.objects.select_for_update().get(pk=app.pk)
    # Somebody may have chosen another version while the answer was on its way.
    if version_of(locked) != version or locked.options.get(ENDED) == version:
        app.options = locked.options
        return
    locked.options = {**locked.options, ENDED: version}
    locked.problem, locked.checked_at = _said(locked, version), clock.now()
    locked.save(update_fields=["options", "problem", "checked_at"])
    app.options, app.problem = locked.options, locked.problem
    tell_version.defer(app_id=app.pk, version=version)


def _said(app: NetworkApp, version: str) -> str:
    """For the administrators' pages, in the organisation's language: nobody is looking at a page now."""
    with translation.override(app.organisation.language):
        return _("LinkedIn serves version %(version)s no more. Enter a newer one: posts wait until then.") % {
            "version": version
        }


@transaction.atomic
def mark_served(app: NetworkApp, version: str) -> None:
    """LinkedIn answered something else than 426: the version lives."""
    locked = NetworkApp.objects.select_for_update().get(pk=app.pk)
    if locked.options.get(ENDED) != version:
        return
    locked.options = {key: value for key, value in locked.options.items() if key != ENDED}
    locked.problem = ""
    locked.save(update_fields=["options", "problem"])
    app.options, app.problem = locked.options, locked.problem
