from __future__ import annotations

from django.urls import path

from genlyd.content.views import library, moves, pictures, story

app_name = "content"
urlpatterns = [
    path("", library.library, name="library"),
    path("<int:pk>/", story.story, name="story"),
    path("<int:pk>/move/", moves.move, name="move"),
    path("pictures/<int:pk>/<str:key>/", pictures.picture, name="picture"),
    path("pictures/<int:pk>/<str:key>/small/", pictures.thumbnail, name="thumbnail"),
]
