"""Every URL, area by area."""

from __future__ import annotations

from django.urls import include, path

handler400 = "genlyd.config.errors.bad_request"
handler403 = "genlyd.config.errors.forbidden"
handler404 = "genlyd.config.errors.not_found"
handler500 = "genlyd.config.errors.server_error"

urlpatterns = [
    path("", include("genlyd.home.urls")),
    path("demo/", include("genlyd.home.demo_urls")),
    path("", include("genlyd.ui.urls")),
    path("account/", include("allauth.urls")),
    path("", include("genlyd.people.urls")),
    path("stories/", include("genlyd.content.urls")),
    path("plan/", include("genlyd.plan.urls")),
    path("rules/", include("genlyd.rules.urls")),
    path("programmes/", include("genlyd.programmes.urls")),
    path("share/", include("genlyd.sharing.urls")),
    path("networks/", include("genlyd.networks.urls")),
    path("links/", include("genlyd.links.urls")),
    path("figures/", include("genlyd.measurement.urls")),
    path("reviews/", include("genlyd.evaluation.urls")),
    path("mail/", include("genlyd.notifications.urls")),
]
