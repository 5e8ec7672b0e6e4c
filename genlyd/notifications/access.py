from __future__ import annotations

from django.conf import settings
from django.db.models import QuerySet

from genlyd.base.tenancy import one_or_404
from genlyd.notifications.models import Mail
from genlyd.people.models import Member


def mails_of(asker: Member) -> QuerySet[Mail]:
    """Mail of the asker's organisation. Who may ask is said by the page: administrators."""
    return Mail.objects.filter(organisation_id=asker.organisation_id)


def mail_for(asker: Member, pk: int) -> Mail:
    return one_or_404(mails_of(asker), pk=pk)


def may_read(mail: Mail) -> bool:
    """The words of a mail are its recipient's. An administrator reads them only where no mail server delivers them:
    somebody has to hand over the invitation then. Reading is noted in the audit trail."""
    return not settings.SMTP_HOST and mail.state == Mail.State.WAITING
