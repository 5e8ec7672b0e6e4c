"""Connecting at the network's own page: what Genlyd asks for, there and back."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from genlyd.base.errors import Refused
from genlyd.networks.actions.connect import begin, finish
from genlyd.networks.contract import Network
from genlyd.networks.forms import AskedForm
from genlyd.networks.queries import connectable
from genlyd.people.access import MemberRequest, member_page

#: Sign-ins under way, in the person's session: by state, the newest last.
PENDING = "networks.pending"
MOST_PENDING = 5


def callback_address(network: str) -> str:
    """What the network sends people back to; administrators register exactly this."""
    return f"{settings.URL}{reverse('networks:callback', args=[network])}"


def _network(request: MemberRequest, key: str) -> Network:
    for network in connectable(request.member.organisation_id):
        if network.key == key and network.connector:
            return network
    raise Http404


@never_cache
@member_page
@require_http_methods(["GET", "POST"])
def connect(request: MemberRequest, key: str) -> HttpResponse:
    """Says what Genlyd will be able to do, and leads on. The way on is a link: a form must not leave our site."""
    network = _network(request, key)
    assert network.connector
    if not network.can_sign_in():
        return redirect(network.other_way)
    asks = network.connector.asks
    form = AskedForm(request.POST or None, label=asks) if asks else None
    url, refused = "", None
    if form is None or (request.method == "POST" and form.is_valid()):
        try:
            begun = begin(
                member=request.member, network=network, asked=form.cleaned_data["asked"] if form else "",
                redirect_uri=callback_address(key),
            )  # fmt: skip
        except Refused as error:
            refused = error
            if form:
                form.add_error("asked", f"{error.message} {error.next_step}")
        else:
            url = begun.url
            _remember(request, begun.state, {"network": key, **begun.keep})
    context = {"network": network, "form": form, "url": url, "refused": refused}
    failed = refused or (form and form.errors)
    return render(request, "networks/connect.html", context, status=422 if failed else 200)


def _remember(request: HttpRequest, state: str, keep: dict[str, object]) -> None:
    pending = {**request.session.get(PENDING, {}), state: keep}
    request.session[PENDING] = dict(list(pending.items())[-MOST_PENDING:])


@never_cache
@member_page
@require_GET
def callback(request: MemberRequest, key: str) -> HttpResponse:
    """The person comes back. A state that we did not hand to this browser is nobody's business here."""
    network = _network(request, key)
    pending = request.session.get(PENDING, {})
    keep = pending.pop(request.GET.get("state", ""), None)
    request.session[PENDING] = pending
    if keep is None or keep.get("network") != key:
        messages.error(request, _("This sign-in was begun elsewhere or has been used. Please begin again."))
        return redirect("networks:accounts")
    try:
        account = finish(
            member=request.member, network=network, keep=keep, answer=request.GET.dict(),
            redirect_uri=callback_address(key),
        )  # fmt: skip
    except Refused as refused:
        messages.error(request, f"{refused.message} {refused.next_step}")
    else:
        messages.success(request, _("Connected: %(handle)s.") % {"handle": account.handle})
    return redirect("networks:accounts")
