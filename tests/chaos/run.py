"""The run itself. Django is set up, and its database is there, before this is called."""

from __future__ import annotations

import random
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.db import transaction

from genlyd.networks.contract import Unknown
from genlyd.networks.models import Account
from genlyd.networks.registry import NETWORKS
from genlyd.people.models import Member, RoleKind
from genlyd.sharing.actions.answer import say_not_posted, say_posted
from genlyd.sharing.models import Attempt, Delivery, Share
from tests.chaos.disturb import Disturbances, patiently
from tests.chaos.naive import in_a_hurry, post_naively
from tests.chaos.plan import AFTER, aimed, is_publishing
from tests.chaos.posts import MARK, a_post, mark_of
from tests.chaos.report import Report, Row, versions
from tests.chaos.workers import Workers, database_url
from tests.networks.contract.parcels import pictures
from tests.servers import known, reach
from tests.servers.contract import NetworkServer
from tests.servers.fault_proxy import FaultProxy, fault_proxy
from tests.sharing.makers import a_picture, a_story
from tests.world import a_member, build_world

#: Posts of one account: few, as an account posts one at a time.
PER_ACCOUNT = 8
TELLS = 15.0
LOST = ("rejected", "abandoned", "cancelled")


@dataclass
class Settings:
    deliveries: int
    kills: int
    naive: int
    seed: int = 2026
    networks: tuple[str, ...] = ()
    #: Stops the database dead and starts it again; None where it is not ours.
    restart: Callable[[], None] | None = None
    restarts: int = 0
    jumps: bool = True
    patience: float = 1200.0
    say: Callable[[str], None] = lambda _text: None


@dataclass
class Place:
    """One network in the run."""

    server: NetworkServer
    proxy: FaultProxy
    row: Row
    accounts: list[Account] = field(default_factory=list)
    #: Marks of posts whose publishing call arrived and was not heard of.
    unheard: set[str] = field(default_factory=set)

    @property
    def only_the_person_sees(self) -> bool:
        return NETWORKS[self.server.key].capabilities.unknown is Unknown.ASK

    def live(self) -> Counter[str]:
        """Marks of the posts on the server, and how often each is there."""
        found: Counter[str] = Counter()
        for account in self.accounts:
            for text in self.server.posts(account):
                mark = MARK.search(text)
                found[mark.group(1) if mark else text] += 1
        return found


@contextmanager
def allowed(hosts: list[str], url: str, addresses: dict[str, str]) -> Iterator[None]:
    """This process, too, makes accounts through the proxies, and knows where pictures are fetched."""
    before = settings.PRIVATE_HOSTS_ALLOWED, settings.URL, settings.NETWORK_ADDRESSES
    settings.PRIVATE_HOSTS_ALLOWED, settings.URL = [*before[0], *hosts], url
    settings.NETWORK_ADDRESSES = {**before[2], **addresses}
    try:
        yield
    finally:
        settings.PRIVATE_HOSTS_ALLOWED, settings.URL, settings.NETWORK_ADDRESSES = before


class Run:
    def __init__(self, wanted: Settings) -> None:
        self.wanted = wanted
        self.chance = random.Random(wanted.seed)
        self.report = Report(seed=wanted.seed, rows=[])
        self.places: list[Place] = []
        self.folder = Path(tempfile.mkdtemp(prefix="genlyd-chaos-"))

    def run(self) -> Report:
        began = time.monotonic()
        with ExitStack() as stack:
            pictures_at = stack.enter_context(pictures())
            for number, key in enumerate(self.wanted.networks or sorted(known.KNOWN)):
                server = stack.enter_context(known.running(key))
                proxy = stack.enter_context(fault_proxy(server.url))
                proxy.too_many, proxy.hangs = server.too_many, 2.0
                row = Row(network=key, deliveries=self.wanted.deliveries)
                self.places.append(Place(server, proxy, row))
                self._listen(self.places[-1], number)
            environment = reach.environment([(place.server, place.proxy.url) for place in self.places])
            host = pictures_at.removeprefix("http://")
            hosts = [*environment["GENLYD_PRIVATE_HOSTS_ALLOWED"].split(","), host]
            stack.enter_context(allowed(hosts, pictures_at, reach.pairs(environment)))
            naive_accounts = self._fill()
            self.wanted.say(
                f"{len(self.places)} networks, {len(self.places) * self.wanted.deliveries} posts to deliver"
            )
            self._aim()
            workers = Workers(
                {
                    **environment, "GENLYD_PRIVATE_HOSTS_ALLOWED": ",".join(hosts), "GENLYD_URL": pictures_at,
                    "DATABASE_URL": database_url(), "GENLYD_CHAOS_CLOCKS": str(self.folder), "GENLYD_LOG": "json",
                    "GENLYD_SECRET_KEYS": ",".join([settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]),
                },
                self.folder,
            )  # fmt: skip
            try:
                self._until_settled(workers)
                self.wanted.say("settled; the people look and answer")
                self._answer()
                self._until_settled(workers, answering=True)
            finally:
                self.report.stumbles += workers.stop()
            self._count()
            self._naively(naive_accounts, pictures_at)
            self.report.versions = versions()
        self.report.seconds = round(time.monotonic() - began, 1)
        return self.report

    # --- before ---
    def _listen(self, place: Place, number: int) -> None:
        """Remember which posts arrived unheard: the mark stands in the request."""
        place.proxy.heard = lambda request, body, fault: self._note(place, request, body, fault)
        place.proxy.plan = lambda _request: None
        place.row.naive = None
        self._seeds = getattr(self, "_seeds", {}) | {place.server.key: self.wanted.seed + number}

    def _note(self, place: Place, request: str, body: bytes, fault: str) -> None:
        if not is_publishing(place.server, request):
            return
        place.row.faults[fault] = place.row.faults.get(fault, 0) + 1
        mark = MARK.search(body.decode("utf-8", errors="replace"))
        if fault in AFTER and mark:
            place.unheard.add(mark.group(1))

    def _aim(self) -> None:
        for place in self.places:
            place.proxy.plan = aimed(place.server, seed=self._seeds[place.server.key])

    def _fill(self) -> dict[str, Account]:
        """Everybody's accounts, and everything that is to be posted. Nothing goes wrong yet."""
        world = build_world()
        picture = a_picture(world)
        story = a_story(world, preview_picture=picture)
        people: list[Member] = []
        for _number in range(max(4, -(-self.wanted.deliveries // PER_ACCOUNT))):
            people.append(a_member(world.fjordkraft, f"Kollega{len(people)}", RoleKind.PARTICIPANT))
        naive: dict[str, Account] = {}
        for place in self.places:
            key = place.server.key
            for at, member in enumerate(people):
                account = place.server.account(member, f"{key}{at}", through=place.proxy.url)
                place.accounts.append(account)
            naive[key] = place.server.account(world.pia, f"{key}naive", through=place.proxy.url)
            for number in range(self.wanted.deliveries):
                a_post(story, place.accounts[number % len(people)], number, picture, self.chance)
        return naive

    # --- while it runs ---
    def _states(self) -> Counter[str]:
        return Counter(Delivery.objects.values_list("state", flat=True))

    def _until_settled(self, workers: Workers, *, answering: bool = False) -> None:
        """Until every post is there or with its person. Meanwhile everything goes wrong that can."""
        over = {"published", *LOST} if answering else {"published", "ask_person", *LOST}
        total, told = len(self.places) * self.wanted.deliveries, time.monotonic() + TELLS
        until, disturb = time.monotonic() + self.wanted.patience, Disturbances(
            self.wanted, self.report, workers, chance=self.chance, folder=self.folder,
            expire_a_token=self.expire_a_token,
        )  # fmt: skip
        while time.monotonic() < until:
            states = patiently(self._states)
            if time.monotonic() > told:
                told += TELLS
                self.wanted.say(", ".join(f"{many} {state}" for state, many in sorted(states.items())))
            settled = sum(states[state] for state in over)
            if settled == total:
                return
            if answering and states["ask_person"]:
                patiently(self._answer)
            disturb.perhaps(settled / total, calm=answering)
            patiently(self._time_passes)
            time.sleep(0.1)

    def _time_passes(self) -> None:
        """What a network asked to wait for, hours perhaps, is over; and people connect again."""
        from django.utils import timezone

        Delivery.objects.filter(state="waiting", not_before__gt=timezone.now()).exclude(
            problem="quota"
        ).update(not_before=timezone.now())
        for account in Account.objects.exclude(needs_reconnect_since=None):
            self._reconnect(account)

    def _reconnect(self, account: Account) -> None:
        from genlyd.networks.facts import AccountConnected
        from genlyd.sharing.reactions import take_up_again

        [place] = [one for one in self.places if one.server.key == account.network]
        reconnect = getattr(place.server, "reconnect", None)
        if reconnect:
            reconnect(account)
            take_up_again(AccountConnected(account_id=account.pk))

    def _answer(self) -> None:
        """Each person looks at their own page there, and says what they see."""
        for place in self.places:
            asked = Delivery.objects.filter(state="ask_person", share__network=place.server.key)
            there = place.live() if asked else Counter()
            for delivery in asked.select_related("share__link", "share__member"):
                mark = mark_of(delivery)
                place.row.asked += 1
                place.row.asked_and_there += there[mark] > 0
                if place.only_the_person_sees and mark in place.unheard:
                    place.unheard.discard(mark)
                    place.row.after_faults += 1
                    place.row.after_faults_asked_with_one_post += there[mark] == 1
                if there[mark]:
                    say_posted(share=delivery.share)
                else:
                    say_not_posted(share=delivery.share)

    def expire_a_token(self) -> None:
        able = [place for place in self.places if place.server.token_paths]
        if not able:
            return
        place = self.chance.choice(able)
        account = self.chance.choice(place.accounts)
        with transaction.atomic():
            place.server.expire(Account.objects.select_for_update().get(pk=account.pk))
        self.report.tokens_expired += 1

    # --- afterwards ---
    def _count(self) -> None:
        for place in self.places:
            row, live = place.row, place.live()
            mine = Delivery.objects.filter(share__network=row.network).select_related("share")
            published = {mark_of(delivery) for delivery in mine if delivery.state == "published"}
            row.states = dict(Counter(delivery.state for delivery in mine))
            row.published, row.live = len(published), sum(live.values())
            row.duplicates = sum(many - 1 for many in live.values())
            row.lost = len(published - set(live)) + sum(row.states.get(state, 0) for state in LOST)
            row.in_between = row.deliveries - row.published - row.lost
            row.attempts = Attempt.objects.filter(delivery__share__network=row.network).count()
            if place.only_the_person_sees:
                # Whoever was posted unheard, and not asked about, was called published by a guess.
                row.after_faults += len(place.unheard)
            unended = Attempt.objects.filter(delivery__share__network=row.network, ended_at=None).count()
            if unended:
                self.report.stumbles.append(f"{row.network}: {unended} attempts were never ended")
            confirmed = Share.objects.filter(network=row.network, confirmed_at__isnull=False).count()
            if confirmed != row.published:
                self.report.stumbles.append(
                    f"{row.network}: {confirmed} shares count, {row.published} are out"
                )
            self.report.rows.append(row)

    def _naively(self, accounts: dict[str, Account], pictures_at: str) -> None:
        def one(place: Place) -> None:
            place.proxy.plan = aimed(place.server, seed=self._seeds[place.server.key])
            place.row.naive = post_naively(
                place.server, accounts[place.server.key], count=self.wanted.naive, pictures_at=pictures_at
            )

        for place in self.places:
            place.proxy.heard = None
        with in_a_hurry():
            threads = [threading.Thread(target=one, args=(place,)) for place in self.places]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
