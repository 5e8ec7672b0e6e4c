"""From a request to its answer, whatever server asks. The order is the promise: look up, record durably, answer."""

from __future__ import annotations

import re
import time

from genlyd.links.redirect import pages
from genlyd.links.redirect.answer import Answer, plain, sent_on
from genlyd.links.redirect.asking import Unreachable
from genlyd.links.redirect.batch import Unrecorded
from genlyd.links.redirect.files import file
from genlyd.links.redirect.found import Found
from genlyd.links.redirect.preview import is_fetcher
from genlyd.links.redirect.request import Asked
from genlyd.links.redirect.service import Service

#: What a slug may look like; anything else is not worth a look into the database.
SLUG = re.compile(r"/([A-Za-z0-9_-]{1,40})")
HEALTH = "/healthz"


async def answer(service: Service, asked: Asked) -> Answer:
    if asked.method not in {"GET", "HEAD"}:
        return plain(405, "GET or HEAD\n", allow="GET, HEAD")
    match = SLUG.fullmatch(asked.path)
    if match is None or asked.path == HEALTH:
        return await elsewhere(service, asked)
    slug = match[1]
    try:
        link = service.peek(asked.host, slug.lower()) or await service.find(asked.host, slug.lower())
        now = time.time()
        if link is None or link.retired or link.expires_at <= now:
            return await closed(service, link, asked, slug)
        salt = service.salts.known(now) or await service.salts.of(now)
        await service.note(link, asked, now, salt)
        if link.preview and is_fetcher(asked.user_agent):
            card = await service.cards.of(link.link_id, service.address(asked.host, slug.lower()))
            return card or sent_on(link.location)
        return sent_on(link.location)
    except (Unreachable, Unrecorded):
        # Never answer and drop: a visitor can try again, a lost click cannot.
        pass
    return pages.try_again(asked.language, slug=slug)


async def closed(service: Service, link: Found | None, asked: Asked, slug: str) -> Answer:
    """Where no way leads on; nothing is counted."""
    if link is None:
        look = await service.looks.of_domain(service.hosts.domain(asked.host))
        return pages.unknown(asked.language, look, slug)
    look = await service.looks.of(link.organisation_id)
    return (pages.retired if link.retired else pages.expired)(asked.language, look)


async def elsewhere(service: Service, asked: Asked) -> Answer:
    """No link: a file, our own health, the door, or a person who is lost."""
    if found := file(asked.path):
        return found
    if asked.path == HEALTH:
        return service.health()
    look = await service.looks.of_domain(service.hosts.domain(asked.host))
    return (pages.at_the_door if asked.path == "/" else pages.unknown)(asked.language, look)
