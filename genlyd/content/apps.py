from django.apps import AppConfig


class ContentConfig(AppConfig):
    name = "genlyd.content"
    label = "content"

    def ready(self) -> None:
        from genlyd.content import notices, reactions  # noqa: F401  registers them
