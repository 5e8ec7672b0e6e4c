from __future__ import annotations

from django.urls import path

from genlyd.links.views import privacy

app_name = "links"
urlpatterns = [
    path("privacy/", privacy.privacy, name="privacy"),
]
