"""What a person changes about themselves."""

from __future__ import annotations

import zoneinfo

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from genlyd.base import ids
from genlyd.base.errors import Refused
from genlyd.people.models import Member, User
from genlyd.people.pictures import tidy_picture


@transaction.atomic
def change_profile(
    *,
    member: Member,
    name: str,
    title: str,
    picture: UploadedFile | None = None,
    without_picture: bool = False,
) -> Member:
    member.name, member.title = " ".join(name.split()), title.strip()
    if picture is not None:
        content, ending = tidy_picture(picture, largest=(512, 512), field="picture", square=True)
        member.picture.save(f"{ids.code(16)}.{ending}", ContentFile(content), save=False)
    elif without_picture:
        member.picture = ""
    member.save(update_fields=["name", "title", "picture"])
    return member


def choose_language(*, user: User, language: str) -> None:
    if language not in dict(settings.LANGUAGES):
        raise Refused(_("Genlyd does not speak this language yet."), field="language")
    user.language = language
    user.save(update_fields=["language"])


def choose_time_zone(*, user: User, time_zone: str) -> None:
    """Empty: the organisation's."""
    if time_zone and time_zone not in zoneinfo.available_timezones():
        raise Refused(_("There is no such time zone."), field="time_zone")
    user.time_zone = time_zone
    user.save(update_fields=["time_zone"])
