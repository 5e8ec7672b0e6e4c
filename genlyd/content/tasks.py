from __future__ import annotations

from procrastinate.contrib.django import app


@app.task(queue="content", name="content.fetch_preview")
def fetch_preview(*, story_id: int) -> None:
    from genlyd.content.actions.preview import refresh_preview

    refresh_preview(story_id=story_id)
