"""How fast it is on this machine: `make bench`, `make bench ARGS=links`, `ARGS=publishing`, `ARGS=site`.

    links        the redirect links against their goals, and the table of the goals (15 minutes, 18 GB of disk)
    publishing   ten thousand posts due at once
    site         time to start with the demonstration, and a page
    docs         writes the tables in docs/reference/performance.md and docs/operate/scaling.md, from build/bench.json;
                 measures nothing

Without one of these: all but the last. The client shares the processors with the servers, so absolute figures are
floors; ratios are of one run.
"""

from __future__ import annotations

import http.client
import json
import shutil
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from tests.cli.house import House
from tests.speed import publishing
from tests.speed.links import everything, goals, report
from tests.speed.links.programs import CannotMeasure
from tools import billion

RESULTS = Path(__file__).resolve().parent.parent / "build" / "bench.json"
SECONDS, CONNECTIONS = 5.0, 8


def _ask(port: int, path: str, until: float, took: list[float], wrong: list[int]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    while time.monotonic() < until:
        started = time.monotonic()
        connection.request("GET", path, headers={"Accept-Language": "da"})
        answer = connection.getresponse()
        answer.read()
        took.append(time.monotonic() - started)
        if answer.status >= 400:  # noqa: PLR2004
            wrong.append(answer.status)


def _page(name: str, port: int, path: str) -> None:
    took: list[float] = []
    wrong: list[int] = []
    until = time.monotonic() + SECONDS
    threads = [
        threading.Thread(target=_ask, args=(port, path, until, took, wrong)) for _ in range(CONNECTIONS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    cuts = statistics.quantiles(took, n=100)
    half, most = cuts[49] * 1000, cuts[98] * 1000
    figures = f"{len(took) / SECONDS:8.0f} /s   half within {half:6.1f} ms   99 % within {most:6.1f} ms"
    print(f"{name:<24}{figures}" + (f"   {len(wrong)} errors" if wrong else ""))


def _keep(found: dict[str, Any]) -> None:
    RESULTS.parent.mkdir(exist_ok=True)
    known = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    RESULTS.write_text(json.dumps({**known, **found}, indent=2) + "\n", encoding="utf-8")


def measure_links(_folder: Path) -> None:
    began = time.monotonic()
    found = everything.measure(
        say=lambda words: print(f"{time.monotonic() - began:6.0f} s  {words}", flush=True)
    )
    _keep({"links": found})
    print(f"{time.monotonic() - began:6.0f} s  done\n\n{goals.text(found['goals'])}\n")
    print(f"{report.versions(found)}\n{report.machine(found)}\nIn full: {RESULTS}")
    if found["failed"]:
        raise CannotMeasure("\n".join(f"FAILED: {part}: {error}" for part, error in found["failed"].items()))


def measure_publishing(folder: Path) -> None:
    """Ten thousand posts due at once, on two workers; asserts what the network saw, and writes to build/bench.json."""
    found = publishing.measure(folder / "publishing")
    _keep({"publishing": found})
    print(
        f"{'posts due at once':<24}{found['posts']:,} in {found['seconds_to_the_last_post']} s, "
        f"{found['posts_per_second']} /s, on {found['workers']} workers"
    )
    print(
        f"{'':<24}{found['share_of_the_limit']:.0%} of the limit of {found['limit_seconds']} s: "
        f"{found['latency_seconds']} s latency, {found['workers']} x {found['connections_each']} connections; "
        "every rate limit kept"
    )


def measure_site(folder: Path) -> None:
    house = House(folder / "home", GENLYD_WEB_PROCESSES="0")
    try:
        started = time.monotonic()
        house.start("demo")
        house.wait_ready()
        print(f"{'ready, with the demo':<24}{time.monotonic() - started:8.1f} s")
        _page("sign-in page", house.port, "/account/login/")
        house.terminate(within=60)
    finally:
        if house.process is not None and house.process.poll() is None:
            house.kill_everything()


def write_docs(_folder: Path) -> None:
    known = json.loads(RESULTS.read_text(encoding="utf-8"))
    report.write(known["links"])
    billion.write()
    print(f"Written: {report.PAGE}, {billion.PAGE}")


PARTS = {"links": measure_links, "site": measure_site, "publishing": measure_publishing}


def main(arguments: list[str]) -> int:
    unknown = set(arguments) - {*PARTS, "docs"}
    if unknown:
        print(__doc__, file=sys.stderr)
        return 2
    folder = Path(tempfile.mkdtemp(prefix="genlyd-bench-"))
    folder.chmod(0o755)
    try:
        for name in arguments or PARTS:
            (write_docs if name == "docs" else PARTS[name])(folder)
    except CannotMeasure as error:
        print(error, file=sys.stderr)
        return 1
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
