from __future__ import annotations

from django.urls import path

from genlyd.programmes.views import owners, period, programme, programmes, team

app_name = "programmes"
urlpatterns = [
    path("", programmes.listed, name="list"),
    path("new/", programmes.new, name="new"),
    path("<int:pk>/", programme.shown, name="programme"),
    path("<int:pk>/edit/", programme.edit, name="edit"),
    path("<int:pk>/periods/new/", period.new, name="new_period"),
    path("periods/<int:pk>/edit/", period.edit, name="edit_period"),
    path("periods/<int:pk>/open/", period.opened, name="open_period"),
    path("periods/<int:pk>/delete/", period.deleted, name="delete_period"),
    path("periods/<int:pk>/team/", team.shown, name="team"),
    path("periods/<int:pk>/team/add/", team.add, name="add_member"),
    path("periods/<int:pk>/team/add-team/", team.add_all, name="add_team"),
    path("seats/<int:pk>/leave/", team.leave, name="leave_seat"),
    path("seats/<int:pk>/restore/", team.restore, name="restore_seat"),
    path("periods/<int:pk>/owners/", owners.shown, name="owners"),
    path("periods/<int:pk>/owners/<slug:duty>/", owners.choose, name="owner"),
]
