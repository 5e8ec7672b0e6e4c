from django.apps import AppConfig


class MeasurementConfig(AppConfig):
    name = "genlyd.measurement"
    label = "measurement"
