from __future__ import annotations

from django.urls import path

from genlyd.content.views import editor, feeds, library, moves, pictures, previews, review, stories, story

app_name = "content"
urlpatterns = [
    path("", library.library, name="library"),
    path("all/", stories.stories, name="stories"),
    path("write/", editor.write, name="write"),
    path("<int:pk>/", story.story, name="story"),
    path("<int:pk>/edit/", editor.edit, name="edit"),
    path("<int:pk>/move/", moves.move, name="move"),
    path("<int:pk>/look/", previews.look, name="look"),
    path("<int:pk>/preview/", previews.reword, name="reword"),
    path("peek/", previews.peek, name="peek"),
    path("review/", review.review, name="review"),
    path("review/decide/", review.decide, name="decide"),
    path("feeds/", feeds.feeds, name="feeds"),
    path("feeds/<int:pk>/", feeds.feed, name="feed"),
    path("feeds/<int:pk>/check/", feeds.check, name="check"),
    path("feeds/<int:pk>/stop/", feeds.stop, name="stop"),
    path("feeds/<int:pk>/resume/", feeds.resume, name="resume"),
    path("pictures/<int:pk>/<str:key>/", pictures.picture, name="picture"),
    path("pictures/<int:pk>/<str:key>/small/", pictures.thumbnail, name="thumbnail"),
]
