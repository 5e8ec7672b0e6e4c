from django.apps import AppConfig


class LinksConfig(AppConfig):
    name = "genlyd.links"
    label = "links"

    def ready(self) -> None:
        from genlyd.links import notices  # noqa: F401  declares them
