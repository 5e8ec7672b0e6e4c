from __future__ import annotations

from csp.decorators import csp_replace, csp_update
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from genlyd.base.audit import note
from genlyd.notifications.access import mail_for, mails_of, may_read
from genlyd.notifications.actions import send_again
from genlyd.notifications.models import Mail
from genlyd.people.access import MemberRequest, administrator_page

PER_PAGE = 50


@require_safe
@administrator_page
def mail_list(request: MemberRequest) -> HttpResponse:
    rows = (
        mails_of(request.member).defer("text", "html", "pictures", "headers").order_by("-created_at", "-pk")
    )
    asked = request.GET
    if asked.get("state") in Mail.State.values:
        rows = rows.filter(state=asked["state"])
    if search := asked.get("q", "").replace("\0", "").strip():
        rows = rows.filter(to__icontains=search)
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(asked.get("page")),
        "asked": asked,
        "states": Mail.State.choices,
        "is_filtered": bool(search or asked.get("state")),
        "has_server": bool(settings.SMTP_HOST),
    }
    return render(request, "notifications/mail_list.html", context)


@require_safe
@administrator_page
@csp_update({"frame-src": ["'self'"]})  # type: ignore[arg-type]  # knows requests only by their base class
def mail(request: MemberRequest, pk: int) -> HttpResponse:
    found = mail_for(request.member, pk)
    readable = may_read(found)
    if readable:
        note(
            request.member.organisation,
            request.member,
            "mail.read",
            found.to,
            mail_id=found.pk,
            kind=found.kind,
        )
    hidden = found.is_personal and not readable
    subject = _("For the recipient only") if hidden else found.subject
    context = {
        "mail": found,
        "subject": subject,
        "readable": readable,
        "can_send": found.state in ("failed", "waiting"),
    }
    return render(request, "notifications/mail.html", context)


#: What a mail shown in a frame may do: be seen. No scripts, no forms, nothing fetched from anywhere.
SANDBOX = {
    "default-src": ["'none'"],
    "script-src": ["'none'"],
    "connect-src": ["'none'"],
    "font-src": ["'none'"],
    "form-action": ["'none'"],
    "style-src": ["'unsafe-inline'"],
    "img-src": ["data:"],
    "frame-ancestors": ["'self'"],
    "sandbox": ["allow-popups", "allow-top-navigation-by-user-activation"],
}


@require_safe
@administrator_page
@xframe_options_sameorigin
@csp_replace(SANDBOX)  # type: ignore[arg-type]
def mail_html(request: MemberRequest, pk: int) -> HttpResponse:
    """The mail's own HTML, for the sandboxed frame."""
    found = mail_for(request.member, pk)
    if not may_read(found) or not found.html:
        raise Http404
    html = found.html.replace("<head>", '<head><base target="_top">', 1)
    for cid, png in found.pictures.items():
        html = html.replace(f"cid:{cid}", f"data:image/png;base64,{png}")
    return HttpResponse(html)


@require_POST
@administrator_page
def send(request: MemberRequest, pk: int) -> HttpResponse:
    found = mail_for(request.member, pk)
    if not settings.SMTP_HOST:
        messages.error(
            request, _("There is no mail server yet. Set GENLYD_SMTP_HOST and start Genlyd again.")
        )
    elif send_again(mail=found):
        note(request.member.organisation, request.member, "mail.sent_again", found.to, mail_id=found.pk)
        messages.success(request, _("The mail is on its way again."))
    return redirect("notifications:mail_one", pk=pk)
