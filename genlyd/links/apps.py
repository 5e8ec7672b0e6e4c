from django.apps import AppConfig


class LinksConfig(AppConfig):
    name = "genlyd.links"
    label = "links"
