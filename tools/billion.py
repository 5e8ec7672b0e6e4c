"""One billion clicks a day, simulated: how many machines, how long the queues, how much disk.

    python -m tools.billion                     rates from build/bench.json (after `make bench ARGS=links`)
    python -m tools.billion --redirects 9000 --ingest 8000
    python -m tools.billion --write             the table in docs/operate/scaling.md, as `make bench ARGS=docs` does too

A simulation, not a measurement: machines are as fast as the one that was measured, and as many of them are as fast as
that many. Seeded, so the same rates give the same answer.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parent.parent
RESULTS, PAGE = ROOT / "build" / "bench.json", ROOT / "docs" / "operate" / "scaling.md"
BEGIN, END = "<!-- tools.billion --write writes from here -->", "<!-- to here -->"
DAY, ROUND, SETTLE = 86_400, 5, 4
#: Bytes on disk for one click, its two indexes included: docs/operate/scaling.md says how it was measured.
BYTES = 398
#: Of the day's clicks, hour by hour: people at work, a dip at dinner, the most in the evening.
HOURS = (8, 5, 4, 3, 4, 9, 20, 38, 50, 52, 50, 56, 62, 55, 50, 50, 54, 52, 50, 68, 92, 100, 70, 28)
#: Clicks a second of one machine, for the page.
GIVEN = (5_000, 10_000, 20_000)
#: Nobody plans to run a machine hotter than this, with one machine away.
HOTTEST, SLOWEST = 0.8, 0.05
Series = NDArray[np.float64]


@dataclass(frozen=True)
class Rates:
    """Clicks a second of one machine that does the database's work for them too."""

    redirects: float
    ingest: float
    source: str


@dataclass(frozen=True)
class Outcome:
    busiest: int
    redirects: int
    wait_p99: float
    queue: int
    ingest: int
    behind: int
    half_within: float
    all_within: float
    burst_of_one: int


def clicks_per_second(total: float, viral: float, rng: np.random.Generator) -> tuple[Series, Series]:
    """(all clicks but the viral ones, the viral ones), a value for each second of the day."""
    at = np.arange(DAY)
    usual = np.interp(at / 3600, np.arange(25), [*HOURS, HOURS[0]])
    usual *= np.repeat(rng.lognormal(0, 0.1, DAY // 60), 60)
    # One post catches fire at a quarter past eight: five minutes up, half as many every forty minutes.
    since = at - 20.25 * 3600
    burst = np.where(since < 0, 0, np.minimum(since / 300, 1) * 0.5 ** (np.maximum(since, 0) / 2400))
    return (
        rng.poisson(usual / usual.sum() * total * (1 - viral)).astype(float),
        rng.poisson(burst / burst.sum() * total * viral).astype(float),
    )


def waits(per_second: Series, machines: int, rate: float, rng: np.random.Generator) -> tuple[float, int]:
    """The busiest minute of one of `machines`: (99 % wait at most so many seconds, longest queue)."""
    whole = np.convolve(per_second, np.ones(60), "valid")
    begin = int(whole.argmax())
    mine = rng.poisson(per_second[begin : begin + 60] / machines)
    arrivals = np.sort(np.concatenate([at + rng.random(number) for at, number in enumerate(mine)]))
    service = rng.exponential(1 / rate, len(arrivals))
    # Lindley: what has piled up since the queue was last empty.
    drift = np.concatenate([[0.0], np.cumsum(service[:-1] - np.diff(arrivals))])
    wait = drift - np.minimum.accumulate(drift)
    left = arrivals + wait
    queue = np.arange(len(arrivals)) - np.searchsorted(left, arrivals)
    return float(np.quantile(wait, 0.99)), int(queue.max())


def ingest(parts: NDArray[np.float64], workers: int, rate: float) -> tuple[int, Series, Series]:
    """`parts`: clicks per round and organisation. (most clicks behind, seconds until counted, weights)."""
    behind, most = np.zeros(parts.shape[1]), 0
    seconds, weights = np.empty(parts.size), parts.ravel()
    one, width = rate * ROUND, parts.shape[1]
    for place, came in enumerate(parts):
        behind += came
        # One worker at a time judges an organisation's clicks, however many workers there are; and the newest click
        # waits for those before it.
        wait = np.maximum(behind / rate, behind.sum() / (workers * rate))
        seconds[place * width : (place + 1) * width] = SETTLE + ROUND / 2 + wait
        done = np.minimum(behind, one)
        done *= min(1.0, workers * one / max(done.sum(), 1.0))
        behind -= done
        most = max(most, int(behind.sum()))
    return most, seconds, weights


def simulate(rates: Rates, *, total: float = 1e9, viral: float = 0.03, organisations: int = 200) -> Outcome:
    rng = np.random.default_rng(20261123)
    usual, burst = clicks_per_second(total, viral, rng)
    every = usual + burst
    busiest = int(np.convolve(every, np.ones(60) / 60, "valid").max())
    machines = int(np.ceil(busiest / (rates.redirects * HOTTEST))) + 1
    while (found := waits(every, machines - 1, rates.redirects, rng))[0] > SLOWEST:
        machines += 1
    share = 1 / np.arange(1, organisations + 1)
    share /= share.sum()
    by_round = usual.reshape(-1, ROUND).sum(axis=1)[:, None] * share
    by_round[:, 0] += burst.reshape(-1, ROUND).sum(axis=1)
    workers = int(np.ceil(busiest / (rates.ingest * HOTTEST))) + 1
    behind, seconds, weights = ingest(by_round, workers - 1, rates.ingest)
    order = np.argsort(seconds)
    reached = np.cumsum(weights[order]) / weights.sum()
    return Outcome(
        busiest, machines, found[0], found[1], workers, behind,
        float(seconds[order][np.searchsorted(reached, 0.5)]), float(seconds[weights > 0].max()),
        int((by_round[:, 0] / ROUND).max()),
    )  # fmt: skip


def measured(path: Path = RESULTS) -> Rates:
    if not path.exists():
        raise SystemExit(
            f"{path} is not there: run `make bench ARGS=links`, or give --redirects and --ingest."
        )
    links = json.loads(path.read_text(encoding="utf-8")).get("links", {})
    try:
        redirects = float(np.mean(links["redirects_per_second"]["ours"]))
        rollup = links["goals"]["rollup"]
        clicks, seconds = float(rollup["clicks"]), float(rollup["measured"])
    except KeyError as error:
        raise SystemExit(f"{path} has no {error}: run `make bench ARGS=links` again.") from error
    return Rates(redirects, clicks / seconds, f"measured {links.get('taken_at', '')}".strip())


def table(days: list[tuple[Rates, Outcome]], total: float) -> str:
    """A column for each pair of rates."""
    disk = total * BYTES / 1e9
    say: list[tuple[str, Callable[[Rates, Outcome], str]]] = [
        ("redirects and counted clicks a second of one machine", lambda r, _: f"{r.redirects:,.0f}; {r.ingest:,.0f}"),
        ("clicks a second in the busiest minute", lambda _, o: f"{o.busiest:,}"),
        ("**machines for redirects**, one of them to spare", lambda _, o: f"**{o.redirects}**"),
        ("99 % wait at most, beside their own commit", lambda _, o: f"{o.wait_p99 * 1000:.1f} ms"),
        ("longest queue of a machine", lambda _, o: f"{o.queue:,}"),
        ("**machines for ingest**, one of them to spare", lambda _, o: f"**{o.ingest}**"),
        ("most clicks that waited to be counted", lambda _, o: f"{o.behind:,}"),
        ("half of the day's clicks counted within", lambda _, o: f"{o.half_within:.1f} s"),
        ("all counted within", lambda _, o: f"{o.all_within:,.0f} s"),
        ("the largest organisation's most a second, one worker's work", lambda _, o: f"{o.burst_of_one:,}"),
        ("disk for clicks: a day; 30 days", lambda *_: f"{disk:,.0f} GB; {disk * 30 / 1000:,.1f} TB"),
    ]  # fmt: skip
    return "\n".join(
        [
            f"| {total:,.0f} clicks in a day | {' | '.join(rates.source for rates, _ in days)} |",
            "|---" * (len(days) + 1) + "|",
            *(f"| {words} | {' | '.join(of(*day) for day in days)} |" for words, of in say),
        ]
    )


def write(total: float = 1e9) -> None:
    """The page's table: rates that a machine may have, and those that were measured on this one."""
    all_rates = [Rates(rate, rate, "given") for rate in GIVEN] + ([measured()] if RESULTS.exists() else [])
    text = table([(rates, simulate(rates, total=total)) for rates in all_rates], total)
    before, rest = PAGE.read_text(encoding="utf-8").split(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{rest.split(END)[1]}", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--clicks", type=float, default=1e9, help="in the day")
    parser.add_argument("--redirects", type=float, help="redirects a second of one machine")
    parser.add_argument("--ingest", type=float, help="clicks judged and counted a second by one machine")
    parser.add_argument("--write", action="store_true", help="write the table in docs/operate/scaling.md")
    args = parser.parse_args()
    if args.write:
        write()
        return
    given = args.redirects and args.ingest
    rates = Rates(args.redirects, args.ingest, "given") if given else measured()
    print(table([(rates, simulate(rates, total=args.clicks))], args.clicks))


if __name__ == "__main__":
    main()
