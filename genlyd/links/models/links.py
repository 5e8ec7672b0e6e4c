from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import MD5, Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from genlyd.base.ids import token
from genlyd.base.tenancy import Owned
from genlyd.links.domain.slugs import random_slug


class Domain(Owned):
    """A host name of the organisation's own that its links may use once the DNS proves that it is theirs."""

    #: Lower case, punycode, without a port.
    host = models.CharField(max_length=253)
    #: What a TXT record below the host must hold.
    proof = models.CharField(max_length=64, default=token)
    created_at = models.DateTimeField(default=timezone.now)
    proved_at = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    #: A links.domain.hosts.Problem, and since when the DNS does not say that the host is theirs.
    problem = models.CharField(max_length=40, blank=True)
    failing_since = models.DateTimeField(null=True, blank=True)
    #: New links of the organisation get this host.
    preferred = models.BooleanField(default=False)

    class Meta:
        constraints = [
            # Whoever only claims a host keeps nobody from proving that it is theirs.
            models.UniqueConstraint(
                fields=["host"], condition=Q(proved_at__isnull=False), name="host_proved_once"
            ),
            models.UniqueConstraint(fields=["organisation", "host"], name="host_once_per_organisation"),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(preferred=True), name="one_preferred_domain"
            ),
            models.CheckConstraint(condition=Q(host=Lower("host")), name="domain_is_lower_case"),
            models.CheckConstraint(
                condition=Q(preferred=False) | Q(proved_at__isnull=False), name="preferred_domain_is_proved"
            ),
        ]

    def __str__(self) -> str:
        return self.host


class Link(Owned):
    """A short link. `slug` is unique within its host: the organisation's own domain, or the installation's."""

    class Kind(models.TextChoices):
        SHARE = "share", _("In a share")
        SIGNATURE = "signature", _("Mail signature")
        BADGE = "badge", _("Badge")
        PRINT = "print", _("Print")
        OTHER = "other", _("Other")

    #: None: the installation's own host.
    domain = models.ForeignKey(Domain, null=True, blank=True, on_delete=models.PROTECT, related_name="links")
    slug = models.CharField(max_length=40, default=random_slug)
    target = models.URLField(max_length=2000)
    #: utm_* parameters added on the way out, without touching those the target has: {"utm_source": "linkedin"}.
    utm = models.JSONField(default=dict)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.SHARE)
    #: What it is called in lists, for links that no share explains.
    label = models.CharField(max_length=120, blank=True)
    #: Whose link it is: their own clicks are set apart, and their totals count its visits.
    member = models.ForeignKey(
        "people.Member", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    #: Key of the network it is meant for, and what it was made for (a period's id): totals are kept by both.
    network = models.CharField(max_length=20, blank=True)
    campaign = models.BigIntegerField(null=True, blank=True)
    #: What a link outside shares is made for (a period's id, see links.purposes). Not `campaign`: totals are kept by
    #: that one as clicks are counted, and would neither follow nor agree when somebody changes their mind.
    made_for = models.BigIntegerField(null=True, blank=True)
    #: Who made a link outside shares: they are told when the page behind one of the organisation's is gone.
    created_by = models.ForeignKey(
        "people.Member", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    #: What preview fetchers are told: {"title", "description", "image", "site"}. Empty: they are sent on like anybody.
    preview = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    #: When the post that carries the link went out; hits within seconds of it are preview fetchers.
    published_at = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["slug", "domain"], name="slug_once_per_host", nulls_distinct=False
            ),
            models.CheckConstraint(condition=Q(slug=Lower("slug")), name="slug_is_lower_case"),
            models.CheckConstraint(
                condition=~Q(kind="share") | Q(made_for=None), name="shares_have_a_campaign_instead"
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "-created_at"], condition=~Q(kind="share"), name="link_outside_shares"
            ),
            models.Index(
                fields=["organisation", "made_for"], condition=Q(made_for__isnull=False), name="link_made_for"
            ),
            # Shares, which are nearly all links, have none.
            models.Index(
                fields=["created_by"], condition=Q(created_by__isnull=False), name="link_created_by"
            ),
            # Of its MD5: addresses are too long for an index, and in a hash index the many links of one page would
            # all lie in one bucket, which every further link to it had to walk through.
            models.Index("organisation", MD5("target"), name="link_by_target"),
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def url(self) -> str:
        """The address that is shared. Reads the domain: `select_related("domain")` for lists."""
        host = f"https://{self.domain.host}" if self.domain is not None else settings.LINK_URL
        return f"{host}/{self.slug}"

    @property
    def address(self) -> str:
        """As it is said and printed: `url` without https://."""
        return self.url.partition("://")[2]

    @property
    def name(self) -> str:
        """What it is called in lists."""
        return self.label or self.address


class LinkPrivacy(models.Model):
    """What an organisation wants to know of its visitors; without a row: the defaults."""

    organisation = models.OneToOneField(
        "people.Organisation", primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    #: Do Not Track and Global Privacy Control.
    respect_signals = models.BooleanField(default=True)
    #: Only if the installation has a country file.
    countries = models.BooleanField(default=True)
