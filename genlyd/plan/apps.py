from django.apps import AppConfig


class PlanConfig(AppConfig):
    name = "genlyd.plan"
    label = "plan"
