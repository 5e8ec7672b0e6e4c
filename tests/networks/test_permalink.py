# ruff: noqa: E501  addresses are as long as they are
"""Addresses as networks really give them out: the post is known, and what is none gets named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genlyd.networks.domain.permalink import SHAPES, Seen, recognise

POSTS = [
    ("linkedin", "https://www.linkedin.com/feed/update/urn:li:activity:7186021741909942272/", "urn:li:activity:7186021741909942272"),
    ("linkedin", "https://www.linkedin.com/feed/update/urn%3Ali%3AugcPost%3A7186021741909942272?utm_source=share", "urn:li:ugcPost:7186021741909942272"),
    ("linkedin", "https://www.linkedin.com/posts/pia-holm_vind-esbjerg-activity-7186021741909942272-SxDT?utm_source=share&utm_medium=member_desktop", "urn:li:activity:7186021741909942272"),
    ("linkedin", "https://dk.linkedin.com/posts/pia_first-share-7487021286582403072-yWuY/", "urn:li:share:7487021286582403072"),
    ("linkedin", "https://www.linkedin.com/embed/feed/update/urn:li:share:7487021286582403072", "urn:li:share:7487021286582403072"),
    ("linkedin", "https://lnkd.in/p/dKx8a9Qz", ""),
    ("x", "https://x.com/piaholm/status/1859999999999999999?s=20", "1859999999999999999"),
    ("x", "https://mobile.twitter.com/piaholm/status/1859999999999999999/photo/1", "1859999999999999999"),
    ("x", "https://x.com/i/web/status/1859999999999999999", "1859999999999999999"),
    ("facebook", "https://www.facebook.com/pia.holm/posts/pfbid02abcDEF123", "pfbid02abcDEF123"),
    ("facebook", "https://www.facebook.com/pia.holm/posts/vi-bygger/1234567890/", "1234567890"),
    ("facebook", "https://m.facebook.com/story.php?story_fbid=pfbid02abc&id=100001", "pfbid02abc"),
    ("facebook", "https://www.facebook.com/permalink.php?story_fbid=123456&id=100001&mibextid=x", "123456"),
    ("facebook", "https://www.facebook.com/photo/?fbid=1015&set=a.10", "1015"),
    ("facebook", "https://www.facebook.com/groups/vindfolk/posts/998877/", "998877"),
    ("facebook", "https://www.facebook.com/share/p/1AbCdEfGhI/?mibextid=wwXIfr", ""),
    ("instagram", "https://www.instagram.com/p/DCxYz_12-ab/?igsh=abc", "DCxYz_12-ab"),
    ("instagram", "https://www.instagram.com/pia.holm/reel/DCxYz_12/", "DCxYz_12"),
    ("threads", "https://www.threads.com/@pia.holm/post/DCxYz_12-ab?xmt=abc", "DCxYz_12-ab"),
    ("threads", "https://www.threads.net/t/DCxYz_12", "DCxYz_12"),
    ("bluesky", "https://bsky.app/profile/pia.bsky.social/post/3lbexample2k", "at://pia.bsky.social/app.bsky.feed.post/3lbexample2k"),
    ("bluesky", "https://bsky.app/profile/did:plc:ewvi7nxzyoun6zhxrhs64oiz/post/3lbexample2k", "at://did:plc:ewvi7nxzyoun6zhxrhs64oiz/app.bsky.feed.post/3lbexample2k"),
    ("mastodon", "https://norden.social/@pia/113530000000000001", "113530000000000001@norden.social"),
    ("mastodon", "https://mastodon.social/@pia@norden.social/113530000000000001", "113530000000000001@mastodon.social"),
    ("mastodon", "https://norden.social/users/pia/statuses/113530000000000001", "113530000000000001@norden.social"),
    ("mastodon", "https://gts.example/@pia/statuses/01JDABCDEFGHJKMNPQRSTVWXYZ", "01JDABCDEFGHJKMNPQRSTVWXYZ@gts.example"),
    ("xing", "https://www.xing.com/discover/detail-activities/5417652142.2a1b3c?sc_p=x", "5417652142.2a1b3c"),
    ("elsewhere", "https://fjordkraft.example/blog/vind?side=2", ""),
]  # fmt: skip


@pytest.mark.parametrize(("network", "address", "remote_id"), POSTS)
def test_a_post_is_known_by_its_address(network: str, address: str, remote_id: str) -> None:
    found = recognise(network, f"  {address}\n")
    assert (found.seen, found.remote_id) == (Seen.POST, remote_id)
    assert found.url.startswith("https://")
    assert not set(found.url) & set(" \n<>\"'")
    # What only tracks the visitor is left out, and the address is still the post's.
    assert not any(track in found.url for track in ("utm_", "igsh", "mibextid", "xmt", "sc_p", "s=20"))
    assert recognise(network, found.url) == found


@pytest.mark.parametrize(
    ("network", "address", "seen"),
    [
        ("linkedin", "https://www.linkedin.com/in/pia-holm/", Seen.PROFILE),
        ("linkedin", "https://www.linkedin.com/in/pia-holm/recent-activity/all/", Seen.PROFILE),
        ("linkedin", "https://www.linkedin.com/feed/", Seen.FEED),
        ("linkedin", "https://www.linkedin.com/jobs/view/1", Seen.UNKNOWN),
        ("x", "https://x.com/piaholm", Seen.PROFILE),
        ("x", "https://x.com/home", Seen.FEED),
        ("facebook", "https://www.facebook.com/profile.php?id=100001", Seen.PROFILE),
        ("facebook", "https://www.facebook.com/pia.holm", Seen.PROFILE),
        ("facebook", "https://www.facebook.com/", Seen.FEED),
        ("instagram", "https://www.instagram.com/pia.holm/", Seen.PROFILE),
        ("threads", "https://www.threads.com/@pia.holm", Seen.PROFILE),
        ("bluesky", "https://bsky.app/profile/pia.bsky.social", Seen.PROFILE),
        ("bluesky", "https://bsky.app", Seen.FEED),
        ("mastodon", "https://norden.social/@pia", Seen.PROFILE),
        ("mastodon", "https://norden.social/home", Seen.FEED),
        ("xing", "https://www.xing.com/profile/Pia_Holm/web_profiles", Seen.PROFILE),
        ("xing", "https://www.xing.com/discover", Seen.FEED),
        ("linkedin", "https://x.com/piaholm/status/1", Seen.ELSEWHERE),
        ("linkedin", "https://linkedin.com.evil.example/feed/update/urn:li:activity:1/", Seen.ELSEWHERE),
        ("linkedin", "https://evil.example/?linkedin.com/feed/update/urn:li:activity:1/", Seen.ELSEWHERE),
        ("linkedin", "javascript:alert(1)//linkedin.com/feed/update/urn:li:activity:1", Seen.UNREADABLE),
        ("linkedin", "https://pia:x@www.linkedin.com/feed/update/urn:li:activity:1", Seen.UNREADABLE),
        ("linkedin", "https://[", Seen.UNREADABLE),
        ("linkedin", "Mit opslag", Seen.UNREADABLE),
        ("elsewhere", "http://fjordkraft.example/blog", Seen.UNREADABLE),
        ("elsewhere", "https://intranet/blog", Seen.UNREADABLE),
        ("elsewhere", "https://fjordkraft.example/" + "x" * 1000, Seen.UNREADABLE),
    ],
)
def test_what_is_no_post_is_named(network: str, address: str, seen: Seen) -> None:
    assert recognise(network, address).seen is seen


def test_an_address_without_its_scheme_is_completed() -> None:
    found = recognise("linkedin", "www.linkedin.com/feed/update/urn:li:activity:7186021741909942272/")
    assert found.url == "https://www.linkedin.com/feed/update/urn:li:activity:7186021741909942272/"


@given(
    st.sampled_from([*SHAPES, "elsewhere"]), st.text(max_size=60) | st.from_regex(r"https?://[\w.-]+/[^ ]*")
)
def test_whatever_is_pasted_never_breaks_and_never_leads_off_the_network(network: str, pasted: str) -> None:
    found = recognise(network, pasted)
    if found.seen is Seen.POST:
        assert found.url.startswith("https://")
        assert len(found.url) <= 1010
