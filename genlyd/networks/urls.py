from __future__ import annotations

from django.urls import path

from genlyd.networks.views import accounts, connect

app_name = "networks"
urlpatterns = [
    path("", accounts.accounts, name="accounts"),
    path("connect/<slug:key>/", connect.connect, name="connect"),
    path("callback/<slug:key>/", connect.callback, name="callback"),
    path("<int:pk>/disconnect/", accounts.leave, name="disconnect"),
]
