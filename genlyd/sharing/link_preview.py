"""What a post's short link tells networks that draw its preview."""

from __future__ import annotations

from genlyd.content.models import Story
from genlyd.sharing.public_picture import lasting_url


def preview_of(story: Story) -> dict[str, str]:
    """{"title", "description", "image", "site"}; empty where the target's own page has more to show.

    That is so when nobody has worded the preview here and there is a picture that no network could fetch from us.
    """
    if not story.preview_title:
        return {}
    image = lasting_url(story.hero) if story.hero else ""
    if story.hero and not image and not story.preview_edited:
        return {}
    said = {
        "title": story.preview_title,
        "description": story.preview_description,
        "image": image,
        "site": story.link_host,
    }
    return {name: text for name, text in said.items() if text}
