from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "genlyd.programmes"
    label = "programmes"

    def ready(self) -> None:
        from genlyd.programmes import purposes, reactions  # noqa: F401  registers them
