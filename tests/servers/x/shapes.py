"""What X's own description of its API (openapi.json 2.167) lets a request be: no field more, no type else."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Number = Annotated[str, Field(pattern=r"^[0-9]{1,19}$")]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class PostMedia(Strict):
    media_ids: Annotated[list[Number], Field(min_length=1, max_length=4)]
    tagged_user_ids: Annotated[list[Number], Field(max_length=10)] | None = None
    description: str | None = None
    embeddable: bool | None = None
    preview_media_id: Number | None = None
    title: str | None = None


class EditOptions(Strict):
    previous_post_id: Number


class Reply(Strict):
    in_reply_to_tweet_id: Number
    auto_populate_reply_metadata: bool | None = None
    exclude_reply_user_ids: list[Number] | None = None


class CreatePost(Strict):
    """CreatePostsRequest. The fields that Genlyd has no business with are left out: sending one is a mistake."""

    text: str = ""
    media: PostMedia | None = None
    reply: Reply | None = None
    edit_options: EditOptions | None = None
    reply_settings: Literal["following", "mentionedUsers", "subscribers", "verified"] | None = None
    made_with_ai: bool | None = None
    paid_partnership: bool | None = None
    nullcast: bool | None = None


class Upload(Strict):
    media: str
    media_category: Literal[
        "tweet_image", "tweet_video", "tweet_gif", "dm_image", "dm_video", "dm_gif", "subtitles"
    ]
    additional_owners: str | None = None


class AltText(Strict):
    text: Annotated[str, Field(max_length=1000)]


class Metadata(Strict):
    alt_text: AltText


class MediaMetadata(Strict):
    id: Number
    metadata: Metadata
