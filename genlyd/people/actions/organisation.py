from __future__ import annotations

from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from genlyd.base import ids
from genlyd.base.audit import note
from genlyd.people.models import Member, Organisation
from genlyd.people.pictures import tidy_picture

EDITABLE = ("name", "language", "time_zone", "email_domains", "accent", "website")


@transaction.atomic
def change_organisation(
    *, organisation: Organisation, by: Member, logo: UploadedFile | None = None, without_logo: bool = False,
    **values: Any,
) -> Organisation:  # fmt: skip
    """Change what is in EDITABLE, and the logo. Raises Refused for a logo that is no picture."""
    changed = [name for name in EDITABLE if name in values and getattr(organisation, name) != values[name]]
    for name in changed:
        setattr(organisation, name, values[name])
    if logo is not None:
        content, ending = tidy_picture(logo, largest=(960, 320), field="logo")
        # A name of its own for each: browsers may keep the old one for as long as they like.
        organisation.logo.save(f"{ids.code(12)}.{ending}", ContentFile(content), save=False)
        changed.append("logo")
    elif without_logo and organisation.logo:
        organisation.logo = ""
        changed.append("logo")
    if changed:
        organisation.save(update_fields=changed)
        note(organisation, by, "organisation.changed", organisation, fields=sorted(changed))
    return organisation
