"""The parts: a long pause, deaths by chance for minutes, and three hosts."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from tests.chaos.clicks.report import Part, Report
from tests.links.loss.counting import settled, spooled
from tests.links.loss.ground import SLUGS, Ground
from tests.links.loss.hosts import DATABASE, Hosts, NoHosts
from tests.links.loss.ingesting import Ingesting
from tests.links.loss.postgres import Postgres
from tests.links.loss.visitors import CLIENTS, Visitors

#: Requests of each visitor a second.
PACE = 12.0


@dataclass
class Run:
    template: Postgres
    folder: Path
    seed: int
    pause: float
    minutes: float
    say: Callable[[str], None]

    def run(self) -> Report:
        report = Report(self.seed)
        postgres = Postgres(self.folder / "postgres")
        self.template.copy_to(postgres.data)
        postgres.start()
        try:
            ground = Ground(postgres)
            self.say(f"clicks: the database's wire stops carrying for {self.pause:g} s")
            report.parts.append(self.long_pause(ground))
            ground.clear()
            self.say(f"clicks: everything dies by chance for {self.minutes:g} minutes")
            report.parts.append(self.deaths(ground))
        finally:
            postgres.stop()
        self.say("clicks: three hosts, one cut off and killed again and again")
        try:
            with Hosts(self.folder) as hosts:
                report.parts += self.three_hosts(hosts)
        except NoHosts as error:
            report.skipped.append(f"three hosts: SKIPPED, {error}")
        report.write()
        return report

    def long_pause(self, ground: Ground) -> Part:
        home, began = self.folder / "paused", time.monotonic()
        with (
            ground.redirect(home) as server,
            Visitors([("127.0.0.1", server.port)], SLUGS, pace=PACE) as visitors,
        ):
            visitors.wait_for(500)
            ground.wire.hold()
            time.sleep(self.pause)
            ground.wire.mend()
            visitors.wait_for(500)
            visitors.go_home()
            count = ground.counted_home(visitors, home)
        return Part(f"pause of {self.pause:g} s", count, 0, time.monotonic() - began)

    def deaths(self, ground: Ground) -> Part:
        """Redirect, database, worker and wire die and come back in an order the seed decides."""
        home, began, dice = self.folder / "deaths", time.monotonic(), random.Random(self.seed)
        done: dict[str, int] = {}
        postgres = ground.postgres
        with (
            Ingesting(ground.postgres.dsn, home) as ingesting,
            ground.redirect(home) as server,
            Visitors([("127.0.0.1", server.port)], SLUGS, pace=PACE) as visitors,
        ):
            deeds = {
                "redirects killed": lambda: _again(server.kill, server.start),
                "redirects ended": lambda: _again(server.terminate, server.start),
                "databases stopped dead": lambda: _again(postgres.stop, postgres.start, dice.uniform(0, 2)),
                "workers killed": lambda: _again(ingesting.kill, ingesting.start),
                "wires cut": lambda: _again(ground.wire.cut, ground.wire.mend, dice.uniform(0, 3)),
                "wires held": lambda: _again(ground.wire.hold, ground.wire.mend, dice.uniform(0, 8)),
                "commits unconfirmed": ground.wire.swallow,
            }  # fmt: skip
            until = began + self.minutes * 60
            while time.monotonic() < until:
                name = dice.choice(sorted(deeds))
                if name == "redirects killed" and dice.random() < 0.5:
                    ground.wire.cut()
                    time.sleep(0.5)
                    deeds[name]()
                    ground.wire.mend()
                else:
                    deeds[name]()
                done[name] = done.get(name, 0) + 1
                time.sleep(dice.uniform(0.5, 3))
            visitors.go_home()
            settled(lambda: not spooled(home), seconds=120)
            count = ground.counted_home(visitors, home, judged=True)
            summed = ground.summed()
        killed = done.get("redirects killed", 0) + done.get("redirects ended", 0)
        what = ", ".join(f"{many} {name}" for name, many in sorted(done.items()))
        return Part("deaths by chance", count, CLIENTS * killed, time.monotonic() - began, what, summed)

    def three_hosts(self, hosts: Hosts) -> list[Part]:
        began, dice = time.monotonic(), random.Random(self.seed)
        postgres = Postgres(self.folder / "far", host=DATABASE, within=hosts.within("d"))
        self.template.copy_to(postgres.data)
        postgres.start()
        rounds = max(1, round(self.minutes * 2))
        for node in "ab":
            hosts.begin(node, "redirect", postgres.dsn)
        for node in "ab":
            hosts.wait_for(node)
        hosts.begin("d", "worker", postgres.dsn)
        with ExitStack() as visiting:
            of_a, of_b = (
                visiting.enter_context(
                    Visitors([hosts.address(node)], SLUGS, pace=PACE, network=hosts.visitors)
                )
                for node in "ab"
            )
            for _round in range(rounds):
                of_a.wait_for(150, seconds=60)
                hosts.cut("a")
                time.sleep(dice.uniform(1, 12))
                hosts.kill("a")
                hosts.begin("a", "redirect", postgres.dsn)
                time.sleep(dice.uniform(0, 4))  # it begins without its database
                hosts.mend("a")
        ground = Ground(postgres)
        settled(lambda: not spooled(hosts.disk("a")), seconds=120)
        settled(lambda: not ground.waiting(), "all are judged", seconds=120)
        (a, b), summed = ground.counts(of_a, of_b), ground.summed()
        postgres.stop()
        took = time.monotonic() - began
        return [
            Part("host cut off and killed", a, CLIENTS * rounds, took, f"{rounds} times cut off and killed"),
            Part("host beside it", b, 0, took, "", None if summed == a.recorded + b.recorded else summed),
        ]


def _again(end: Callable[[], object], begin: Callable[[], object], pause: float = 0.0) -> None:
    end()
    time.sleep(pause)
    begin()
