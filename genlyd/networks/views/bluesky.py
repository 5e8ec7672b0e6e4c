"""Bluesky's own pages: who we are to its servers, the way back to a developer's machine, and the app password."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from genlyd.base.errors import Refused
from genlyd.networks.actions.bluesky import connect_bluesky
from genlyd.networks.bluesky import keys
from genlyd.networks.bluesky.domain.client import Client, kind_of, metadata
from genlyd.networks.bluesky.endpoints import metadata_address
from genlyd.networks.forms import BlueskyForm
from genlyd.people.access import MemberRequest, member_page, public_page


@public_page
@require_safe
@cache_control(public=True, max_age=600)
def client_metadata(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The document at our client id. Its address is our identity: never change its path."""
    if kind_of(settings.URL) is not Client.CONFIDENTIAL:
        raise Http404
    back = f"{settings.URL}{reverse('networks:callback', args=['bluesky'])}"
    return JsonResponse(
        metadata(url=settings.URL, client_id=metadata_address(), redirect_uri=back, keys=keys.published())
    )


@public_page
@require_safe
def loopback_back(request: HttpRequest) -> HttpResponse:
    """Servers send people back to 127.0.0.1 only, but they are signed in at localhost: the same query, one host on."""
    if kind_of(settings.URL) is not Client.LOOPBACK:
        raise Http404
    target = f"{settings.URL}{reverse('networks:callback', args=['bluesky'])}"
    return HttpResponseRedirect(f"{target}?{request.META.get('QUERY_STRING', '')}")


@sensitive_post_parameters("app_password")
@member_page
@require_http_methods(["GET", "POST"])
def by_app_password(request: MemberRequest) -> HttpResponse:
    """For who prefers it, and for installations that Bluesky's servers cannot reach."""
    form = BlueskyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account = connect_bluesky(member=request.member, **form.cleaned_data)
        except Refused as refused:
            known = refused.field if refused.field in form.fields else None
            form.add_error(known, f"{refused.message} {refused.next_step}")
        else:
            messages.success(request, _("Connected: %(handle)s.") % {"handle": account.handle})
            return redirect("networks:accounts")
    return render(
        request, "networks/bluesky_app_password.html", {"form": form}, status=422 if form.errors else 200
    )
