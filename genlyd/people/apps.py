from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "genlyd.people"
    label = "people"
