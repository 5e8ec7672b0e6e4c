from __future__ import annotations

from django.urls import path

from genlyd.measurement.views import board, export, kpis, share

app_name = "measurement"
urlpatterns = [
    path("", board.nearest, name="board"),
    path("<int:pk>/", board.shown, name="board"),
    path("<int:pk>/figures.csv", export.csv_file, name="export"),
    path("<int:pk>/choose/", kpis.shown, name="kpis"),
    path("<int:pk>/choose/starters/", kpis.starters, name="starters"),
    path("<int:pk>/choose/restore/", kpis.restore, name="restore"),
    path("<int:pk>/choose/<slug:key>/", kpis.choose, name="choose"),
    path("kpi/<int:pk>/", kpis.edit, name="edit"),
    path("kpi/<int:pk>/remove/", kpis.drop, name="drop"),
    path("kpi/<int:pk>/share/", share.share, name="share"),
]
