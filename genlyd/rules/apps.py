from django.apps import AppConfig


class RulesConfig(AppConfig):
    name = "genlyd.rules"
    label = "rules"
