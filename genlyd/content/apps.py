from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "genlyd.content"
    label = "content"
