from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

#: Kinds of mail whose very subject is their recipient's: codes to sign in with, what somebody shares where, own links.
PERSONAL = ("people.account", "sharing.", "links.page")
#: A worker that took a mail and died leaves it claimed; after this long another may take it.
CLAIM_LASTS = timedelta(minutes=10)


class MailQuerySet(models.QuerySet["Mail"]):
    def sendable(self, now: datetime) -> MailQuerySet:
        """Not sent, and nobody is sending it at this moment."""
        return self.filter(
            Q(state=Mail.State.WAITING) | Q(state=Mail.State.SENDING, claimed_at__lt=now - CLAIM_LASTS)
        )


class Mail(models.Model):
    """One e-mail on its way. Without a mail server it stays here, where an administrator can read it.

    Its words are the recipient's: they are wiped as soon as the mail has left.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENDING = "sending", _("On its way")
        SENT = "sent", _("Sent")
        FAILED = "failed", _("Failed")

    class Problem(models.TextChoices):
        """Why a mail did not leave, in words an administrator can act on."""

        UNREACHABLE = "unreachable", _("The mail server could not be reached.")
        ENCRYPTION = "encryption", _("The connection to the mail server could not be encrypted.")
        SIGN_IN = "sign_in", _("The mail server did not accept our user name or password.")
        ADDRESS = "address", _("The mail server does not know this address.")
        REFUSED = "refused", _("The mail server refused the mail.")
        BUSY = "busy", _("The mail server asked us to try later.")

    organisation = models.ForeignKey(
        "people.Organisation", null=True, on_delete=models.CASCADE, related_name="+"
    )
    member = models.ForeignKey("people.Member", null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(max_length=60, blank=True)
    to = models.CharField(max_length=320)
    subject = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    #: Inline pictures (charts): {content id: base64 PNG}.
    pictures = models.JSONField(default=dict)
    #: Made once, so that a mail that had to be sent again can be recognised as the same one.
    message_id = models.CharField(max_length=200)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    claimed_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=12, choices=Problem.choices, blank=True)
    #: The mail server's own words.
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "-created_at"], name="mail_newest"),
            models.Index(
                fields=["created_at"], condition=Q(state__in=["waiting", "sending"]), name="mail_unsent"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False), name="sent_mail_has_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="sending") | Q(claimed_at__isnull=False), name="mail_being_sent_is_claimed"
            ),
        ]

    @property
    def is_personal(self) -> bool:
        """Its subject is not for a list either."""
        return not self.kind or self.kind.startswith(PERSONAL)


class Muted(models.Model):
    """A member does not want this kind of notice. Its absence means that they get it."""

    member = models.ForeignKey("people.Member", on_delete=models.CASCADE, related_name="muted_notices")
    kind = models.CharField(max_length=60)
    muted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "kind"], name="notice_muted_once")]
