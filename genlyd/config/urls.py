"""Every URL, area by area."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("genlyd.ui.urls")),
    path("account/", include("allauth.urls")),
    path("stories/", include("genlyd.content.urls")),
    path("mail/", include("genlyd.notifications.urls")),
]
