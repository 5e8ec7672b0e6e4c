from __future__ import annotations

from django.urls import path, re_path

from genlyd.ui.views import brand, catalogue, choices

app_name = "ui"
urlpatterns = [
    path("choose/theme/", choices.theme, name="theme"),
    path("choose/language/", choices.language, name="language"),
    re_path(r"^brand/(?P<accent>[0-9a-f]{6})\.css$", brand.colours, name="brand_css"),
    path("brand/logo", brand.logo, name="brand_logo"),
    path("manifest.webmanifest", brand.manifest, name="manifest"),
    path("catalogue/", catalogue.catalogue, name="catalogue"),
    path("catalogue/layout/<slug:layout>/", catalogue.layout, name="catalogue_layout"),
]
