from __future__ import annotations

from django.urls import path

from genlyd.notifications.views import mail
from genlyd.notifications.views.choices import choices
from genlyd.notifications.views.unsubscribe import unsubscribe

app_name = "notifications"
urlpatterns = [
    path("", mail.mail_list, name="mail"),
    path("<int:pk>/", mail.mail, name="mail_one"),
    path("<int:pk>/html/", mail.mail_html, name="mail_html"),
    path("<int:pk>/send/", mail.send, name="mail_send"),
    path("choices/", choices, name="choices"),
    path("unsubscribe/<str:token>/", unsubscribe, name="unsubscribe"),
]
