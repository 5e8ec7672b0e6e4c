from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "genlyd.home"
    label = "home"
