from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "genlyd.sharing"
    label = "sharing"

    def ready(self) -> None:
        from genlyd.sharing import notices, reactions  # noqa: F401  registers them
