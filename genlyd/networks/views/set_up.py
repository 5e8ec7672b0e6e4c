"""An administrator sets a network up: what to do there, what to enter here, and whether it works."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from genlyd.base.errors import Refused
from genlyd.networks import registry
from genlyd.networks.abilities import abilities
from genlyd.networks.access import app_for
from genlyd.networks.actions.app import remove_app, save_app, switch_app, test_app
from genlyd.networks.contract import Network
from genlyd.networks.credentials import secrets_of
from genlyd.networks.forms import AppForm
from genlyd.networks.models import NetworkApp
from genlyd.networks.views.budget import money_of
from genlyd.networks.views.connect import callback_address
from genlyd.people.access import MemberRequest, administrator_page


def _network(key: str) -> Network:
    network = registry.get(key)
    if network is None:
        raise Http404
    return network


def _app(request: MemberRequest, key: str) -> tuple[Network, NetworkApp]:
    network, app = _network(key), app_for(request.member, key)
    if app is None or network.app is None:
        raise Http404
    return network, app


@sensitive_post_parameters()
@administrator_page
@require_http_methods(["GET", "POST"])
def set_up(request: MemberRequest, key: str) -> HttpResponse:
    """The guided set-up of one network. POST saves, and tries at once whether it works."""
    network = _network(key)
    app = app_for(request.member, key)
    form = _form(request, network, app) if network.app else None
    if request.method == "POST" and form and form.is_valid():
        try:
            app = save_app(member=request.member, network=network, entered=form.entered())
        except Refused as refused:
            form.add_error(refused.field, f"{refused.message} {refused.next_step}")
        else:
            _say(request, network, app)
            return redirect("networks:set_up", key=key)
    context = {
        "network": network, "app": app, "form": form, "redirect_address": callback_address(key),
        "abilities": abilities(network), "money": money_of(request, network),
    }  # fmt: skip
    failed = form and form.errors
    return render(request, "networks/set_up.html", context, status=422 if failed else 200)


def _form(request: MemberRequest, network: Network, app: NetworkApp | None) -> AppForm:
    assert network.app
    known: dict[str, object] = {}
    if app:
        known = {**app.options, "client_id": app.client_id}
    secret = bool(app and secrets_of(app).get("client_secret"))
    return AppForm(request.POST or None, initial=known, setup=network.app, has_secret=secret)


def _say(request: MemberRequest, network: Network, app: NetworkApp) -> None:
    found = test_app(member=request.member, network=network, app=app)
    if found.ok:
        messages.success(request, str(found.message))
    else:
        messages.error(request, str(found.message))


@administrator_page
@require_POST
def test(request: MemberRequest, key: str) -> HttpResponse:
    network, app = _app(request, key)
    _say(request, network, app)
    return redirect("networks:set_up", key=key)


@administrator_page
@require_POST
def switch(request: MemberRequest, key: str) -> HttpResponse:
    network, app = _app(request, key)
    on = request.POST.get("on") == "1"
    switch_app(member=request.member, network=network, app=app, on=on)
    if on:
        messages.success(request, _("%(network)s is switched on.") % {"network": network.name})
    else:
        messages.success(
            request, _("%(network)s is switched off. Planned posts wait.") % {"network": network.name}
        )
    return redirect("networks:set_up", key=key)


@administrator_page
@require_POST
def remove(request: MemberRequest, key: str) -> HttpResponse:
    network, app = _app(request, key)
    remove_app(member=request.member, network=network, app=app)
    messages.success(
        request,
        _("The app is being forgotten, and accounts are being let go of. People can still share by hand."),
    )
    return redirect("networks:set_up", key=key)
