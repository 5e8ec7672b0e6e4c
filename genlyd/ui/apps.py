from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "genlyd.ui"
    label = "ui"
