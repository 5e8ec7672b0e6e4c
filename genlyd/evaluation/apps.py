from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "genlyd.evaluation"
    label = "evaluation"
