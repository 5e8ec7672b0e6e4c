from __future__ import annotations

from django.urls import path

from genlyd.networks.views import accounts

app_name = "networks"
urlpatterns = [
    path("", accounts.accounts, name="accounts"),
    path("<int:pk>/disconnect/", accounts.leave, name="disconnect"),
]
