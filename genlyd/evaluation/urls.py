from __future__ import annotations

from django.urls import path

from genlyd.evaluation.views import decisions, listed, review

app_name = "evaluation"
urlpatterns = [
    path("", listed.listed, name="list"),
    path("<int:pk>/", review.shown, name="review"),
    path("<int:pk>/begin/", review.begin, name="begin"),
    path("<int:pk>/answers/", review.answers, name="answers"),
    path("<int:pk>/finish/", review.finish, name="finish"),
    path("<int:pk>/next/", review.following, name="next"),
    path("<int:pk>/decide/", decisions.decide, name="decide"),
    path("<int:pk>/decisions/restore/", decisions.restore, name="restore"),
    path("decisions/<int:pk>/", decisions.edit, name="edit"),
    path("decisions/<int:pk>/remove/", decisions.remove, name="remove"),
]
