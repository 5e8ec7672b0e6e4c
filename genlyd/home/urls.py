from __future__ import annotations

from django.urls import path

from genlyd.home.views import period, search, today

app_name = "home"
urlpatterns = [
    path("", today.shown, name="today"),
    path("search/", search.shown, name="search"),
    path("period/", period.nearest, name="period"),
    path("period/<int:pk>/", period.shown, name="period"),
]
