"""How fast it is on this machine: `make bench`. A whole Genlyd with the demonstration in it, asked over HTTP.

The client shares the processors with the servers, so the numbers are a floor, good for comparing one version with the
next on the same machine.
"""

from __future__ import annotations

import http.client
import json
import shutil
import statistics
import tempfile
import threading
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tests.cli.house import House
from tests.speed import publishing
from tests.speed.redirects import side_by_side

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


def measure(name: str, port: int, path: str) -> None:
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


def send_everything(folder: Path) -> None:
    """Ten thousand posts due at once, on two workers; asserts what the network saw, and writes to build/bench.json."""
    found = publishing.measure(folder)
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


def compare_recording(house: House) -> None:
    """What recording by group commit gains over one INSERT per click, written to build/bench.json."""
    dsn = f"postgresql://genlyd@/genlyd?host={quote(str(house.home / 'run'), safe='')}"
    with house.database() as database:
        rows = database.execute("select slug from links_link limit 200").fetchall()

        def clicks() -> int:
            (number,) = database.execute(
                "select (select count(*) from links_arrival) + (select count(*) from links_click)"
            ).fetchone() or (0,)
            return int(number)

        found = side_by_side(dsn, [slug for (slug,) in rows], clicks)
    for name, rates in found["redirects_per_second"].items():
        print(
            f"{name:<24}{' and '.join(f'{rate:,}' for rate in rates)} redirects/s, {found['clients']} visitors"
        )
    print(f"{'':<24}{found['ratio']} x; {found['answered']:,} answered while measured, all recorded")
    assert found["recorded_with_warm_up"] >= found["answered"]
    _keep(found)


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="genlyd-bench-"))
    folder.chmod(0o755)
    house = House(folder / "home", GENLYD_WEB_PROCESSES="0")
    try:
        started = time.monotonic()
        house.start("demo")
        house.wait_ready()
        print(f"{'ready, with the demo':<24}{time.monotonic() - started:8.1f} s")
        with house.database() as database:
            row = database.execute("select slug from links_link limit 1").fetchone()
        assert row
        measure("sign-in page", house.port, "/account/login/")
        measure("short link", house.redirect_port, f"/{row[0]}")
        compare_recording(house)
        house.terminate(within=60)
        send_everything(folder / "publishing")
    finally:
        if house.process is not None and house.process.poll() is None:
            house.kill_everything()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
