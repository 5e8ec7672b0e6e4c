from django.apps import AppConfig


class NetworksConfig(AppConfig):
    name = "genlyd.networks"
    label = "networks"
