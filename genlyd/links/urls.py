from __future__ import annotations

from django.urls import path

from genlyd.links.views import domains, link, lists, privacy, targets

app_name = "links"
urlpatterns = [
    path("privacy/", privacy.privacy, name="privacy"),
    path("", lists.mine, name="mine"),
    path("new/", lists.new_own, name="new_own"),
    path("house/", lists.house, name="house"),
    path("house/new/", lists.new_house, name="new_house"),
    path("domains/", domains.domains, name="domains"),
    path("domains/<int:pk>/", domains.domain, name="domain"),
    path("domains/<int:pk>/check/", domains.check, name="check_domain"),
    path("domains/<int:pk>/prefer/", domains.prefer, name="prefer_domain"),
    path("domains/<int:pk>/remove/", domains.remove, name="remove_domain"),
    path("pages/", targets.troubled, name="targets"),
    path("pages/<int:pk>/", targets.target, name="target"),
    path("certificate/", domains.may_have_certificate, name="certificate"),
    path("<int:pk>/", link.show, name="link"),
    path("<int:pk>/change/", link.change, name="change"),
    path("<int:pk>/retire/", link.retire, name="retire"),
    path("<int:pk>/reopen/", link.reopen, name="reopen"),
    path("<int:pk>/qr.svg", link.qr_svg, name="qr_svg"),
    path("<int:pk>/qr.png", link.qr_png, name="qr_png"),
]
