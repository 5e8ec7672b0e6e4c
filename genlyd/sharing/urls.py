from __future__ import annotations

from django.urls import path

from genlyd.sharing.views import (
    compose,
    deeds,
    figures,
    hand_over,
    import_figures,
    mine,
    practice,
    public_picture,
    status,
)

app_name = "sharing"
urlpatterns = [
    path("practice/", practice.practice, name="practice"),
    path("mine/", mine.mine, name="mine"),
    path("mine/linkedin/", import_figures.upload, name="import"),
    path("mine/linkedin/<int:pk>/", import_figures.preview, name="import_preview"),
    path("mine/linkedin/<int:pk>/confirm/", import_figures.confirm, name="import_confirm"),
    path("mine/linkedin/<int:pk>/undo/", import_figures.undo, name="import_undo"),
    path("mine/linkedin/<int:pk>/discard/", import_figures.discard, name="import_discard"),
    path("story/<int:story>/", compose.compose, name="compose"),
    path("story/<int:story>/check/", compose.check, name="check"),
    path("story/<int:story>/no-thanks/", compose.discard, name="discard"),
    path("picture/<str:token>.jpg", public_picture.public_picture, name="public_picture"),
    path("preview/<str:token>.jpg", public_picture.preview_picture, name="preview_picture"),
    path("status/", status.status, name="status"),
    path("<int:pk>/hand-over/", hand_over.hand_over, name="hand_over"),
    path("<int:pk>/confirm/", hand_over.confirm, name="confirm"),
    path("<int:pk>/answer/", deeds.answer, name="answer"),
    path("<int:pk>/post-late/", deeds.post_late, name="post_late"),
    path("<int:pk>/edit/", deeds.edit, name="edit"),
    path("<int:pk>/figures/", figures.figures, name="figures"),
    path("<int:pk>/figures/undo/", figures.undo, name="figures_undo"),
    path("<int:pk>/cancel/", deeds.cancel, name="cancel"),
    path("<int:pk>/delete/", deeds.delete, name="delete"),
]
