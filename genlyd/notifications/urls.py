from __future__ import annotations

from django.urls import path

from genlyd.notifications.views.unsubscribe import unsubscribe

app_name = "notifications"
urlpatterns = [
    path("unsubscribe/<str:token>/", unsubscribe, name="unsubscribe"),
]
