from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "genlyd.base"
    label = "base"
