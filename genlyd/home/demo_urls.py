from __future__ import annotations

from django.urls import path

from genlyd.home.views import demo

app_name = "demo"
urlpatterns = [
    path("", demo.pick, name="pick"),
    path("nyt.xml", demo.feed, name="feed"),
    path("nyt/<slug:slug>/", demo.news, name="news"),
]
