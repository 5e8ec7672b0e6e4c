from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "genlyd.programmes"
    label = "programmes"
