from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "genlyd.notifications"
    label = "notifications"
