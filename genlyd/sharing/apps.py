from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "genlyd.sharing"
    label = "sharing"
