from django.apps import AppConfig


class NetworksConfig(AppConfig):
    name = "genlyd.networks"
    label = "networks"

    def ready(self) -> None:
        from genlyd.networks import reactions  # noqa: F401  registers them
