from __future__ import annotations

from django.urls import path

from genlyd.plan.views import calendar, line, lines, mine

app_name = "plan"
urlpatterns = [
    path("", calendar.shown, name="calendar"),
    path("mine/", mine.shown, name="mine"),
    path("restore/", line.restored, name="restore"),
    path("periods/<int:pk>/", lines.shown, name="list"),
    path("periods/<int:pk>/new/", line.new, name="new"),
    path("periods/<int:pk>/colleagues/", lines.colleagues, name="colleagues"),
    path("<int:pk>/", line.shown, name="line"),
    path("<int:pk>/edit/", line.edit, name="edit"),
    path("<int:pk>/done/", line.done, name="done"),
    path("<int:pk>/reopen/", line.reopened, name="reopen"),
    path("<int:pk>/delete/", line.deleted, name="delete"),
]
