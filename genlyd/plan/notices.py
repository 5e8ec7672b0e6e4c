"""Mail that the plan sends."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from genlyd.notifications.notice import Notice, declare
from genlyd.plan.domain.deadlines import Reminder
from genlyd.plan.models import PlanLine

DEADLINE = declare("plan.deadline", gettext_lazy("When something I am responsible for in the plan is due"))


def deadline_notice(line: PlanLine, kind: Reminder) -> Notice:
    def subject() -> str:
        words = _("Tomorrow: %(what)s") if kind == "tomorrow" else _("Past its day: %(what)s")
        return words % {"what": line.title}

    return Notice(
        kind=DEADLINE,
        subject=subject,
        template="plan/mail/deadline",
        context={"line": line, "kind": kind, "page": settings.URL + reverse("plan:line", args=[line.pk])},
    )
