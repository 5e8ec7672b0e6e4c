from __future__ import annotations

from django.urls import path

from genlyd.rules.views import guideline, rule, rules

app_name = "rules"
urlpatterns = [
    path("", rules.listed, name="list"),
    path("guidelines/", guideline.shown, name="guideline"),
    path("guidelines/acknowledge/", guideline.acknowledged, name="acknowledge"),
    path("guidelines/edit/", guideline.edit, name="edit_guideline"),
    path("guidelines/<int:version>/", guideline.earlier, name="version"),
    path("<slug:kind>/", rule.edit, name="rule"),
]
