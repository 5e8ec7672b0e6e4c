from django.apps import AppConfig


class MeasurementConfig(AppConfig):
    name = "genlyd.measurement"
    label = "measurement"

    def ready(self) -> None:
        from genlyd.measurement import notices, reactions  # noqa: F401  registers them
