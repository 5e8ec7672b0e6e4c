from __future__ import annotations

from django.urls import path

from genlyd.networks.views import accounts, bluesky, budget, connect, set_up

app_name = "networks"
urlpatterns = [
    path("", accounts.accounts, name="accounts"),
    path("connect/<slug:key>/", connect.connect, name="connect"),
    path("callback/<slug:key>/", connect.callback, name="callback"),
    path("set-up/<slug:key>/", set_up.set_up, name="set_up"),
    path("set-up/<slug:key>/test/", set_up.test, name="test"),
    path("set-up/<slug:key>/switch/", set_up.switch, name="switch"),
    path("set-up/<slug:key>/remove/", set_up.remove, name="remove"),
    path("set-up/<slug:key>/budget/", budget.budget, name="budget"),
    path("bluesky/client-metadata.json", bluesky.client_metadata, name="bluesky_client"),
    path("bluesky/back/", bluesky.loopback_back, name="bluesky_back"),
    path("bluesky/app-password/", bluesky.by_app_password, name="bluesky_app_password"),
    path("<int:pk>/disconnect/", accounts.leave, name="disconnect"),
]
