"""Ten thousand posts due at the same minute: how long until the last one is out, against what cannot be beaten.

Two workers and a network that answers each post after a stated time. No worker holds more than so many posts at the
network at once, so the whole can never take less than posts x latency / connections: that is the limit the time is
held against. One colleague has planned more than the network lets her; what the network saw says whether that held.

The network, the database and both workers share the processors of this machine: the result is a floor.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from pathlib import Path
from typing import Any

from tests.cli.house import House, free_port, wait_for
from tests.speed.crowd import MANY, MAY

#: Connections: what a worker has by default (GENLYD_WORKER_CALLS).
POSTS, WORKERS, CONNECTIONS, LATENCY = 10_000, 2, 16, 1.0
#: Seconds that the second worker has to start, and in which the posts' hour is set.
SETTLING, SOON = 8.0, 10.0
PATIENCE = 600.0


def limit(posts: int) -> float:
    """Seconds that no way of working could go below."""
    return posts * LATENCY / (WORKERS * CONNECTIONS)


def _record(port: int) -> dict[str, Any]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/_double/record", timeout=30) as answer:
        return dict(json.load(answer))


def _answers(port: int) -> bool:
    try:
        return bool(_record(port))
    except OSError:
        return False


def _processor_seconds(pids: list[int]) -> float:
    """What these processes have used so far."""
    ticks = 0
    for pid in pids:
        try:
            fields = (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _left(house: House) -> int:
    with house.database() as database:
        row = database.execute(
            "select count(*) from sharing_delivery where state not in ('published', 'waiting')"
        ).fetchone()
    return int(row[0]) if row else -1


def _set_the_hour(house: House) -> float:
    """All of it comes due in a moment."""
    due = time.time() + SOON
    with house.database() as database:
        for table, column in (("sharing_share", "planned_at"), ("sharing_delivery", "due_at")):
            database.execute(f"update {table} set {column} = to_timestamp(%s)", [due])
            database.execute(f"vacuum analyze {table}")
    assert time.time() < due, "setting the hour took too long"
    return due


def _say_states(house: House) -> None:
    with house.database() as database:
        rows = database.execute(
            "select state, problem, count(*) from sharing_delivery group by 1, 2 order by 1, 2"
        ).fetchall()
    sys.stderr.write(f"{rows}\n")


def measure(folder: Path, posts: int = POSTS) -> dict[str, Any]:
    network_port = free_port()
    environment = {
        "GENLYD_PRIVATE_HOSTS_ALLOWED": f"127.0.0.1:{network_port}", "GENLYD_WORKER_CALLS": str(CONNECTIONS),
    }  # fmt: skip
    folder.mkdir(mode=0o755, exist_ok=True)
    programs: list[subprocess.Popen[bytes]] = []
    house: House | None = None
    try:
        programs.append(
            subprocess.Popen(
                [sys.executable, "-m", "tests.speed.slow_network", str(network_port), str(LATENCY)]
            )
        )
        wait_for(lambda: _answers(network_port), 20, "the network")
        # Only now, so that the house is not offered the network's port.
        house = House(folder / "home", **environment)
        house.start()
        house.wait_ready()
        inherited = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("GENLYD_", "DATABASE_URL"))
        }
        inside = {**inherited, "GENLYD_HOME": str(house.home), **environment}
        crowd = [sys.executable, "-m", "tests.speed.crowd", f"http://127.0.0.1:{network_port}", str(posts)]
        subprocess.run(crowd, env=inside, check=True)
        # One worker is the house's own; each further one is a process like it.
        worker = [sys.executable, "-P", "-m", "genlyd.cli", "worker"]
        programs += [subprocess.Popen(worker, env=inside, cwd="/") for _ in range(WORKERS - 1)]
        time.sleep(SETTLING)
        due = _set_the_hour(house)
        ours = [*house.processes(), *(program.pid for program in programs[1:])]
        began, used = time.monotonic(), _processor_seconds(ours)
        wait_for(lambda: _left(house) == 0, PATIENCE, "the last post")
        used, took = _processor_seconds(ours) - used, time.monotonic() - began
        _say_states(house)
        return {
            **_told(_record(network_port), due, posts),
            "processor_ms_per_post": round(1000 * used / posts, 1),
            "share_of_the_processors": round(used / took / (os.cpu_count() or 1), 2),
        }
    finally:
        for program in programs:
            program.terminate()
            program.wait(30)
        if house is not None and house.process is not None and house.process.poll() is None:
            house.terminate(within=60)


def _told(record: dict[str, Any], due: float, posts: int) -> dict[str, Any]:
    arrivals = [at - due for at, _repo, _rkey in record["arrivals"]]
    took = max(arrivals) + LATENCY
    per_account = Counter(repo for _at, repo, _rkey in record["arrivals"])
    # The rate limits, as the network saw them.
    assert len(record["posts"]) == len(set(record["posts"])) == posts, f"{len(record['posts'])} posts"
    assert len(arrivals) == posts, f"{len(arrivals)} calls for {posts} posts"
    assert record["most_of_one"] == 1, "an account was called twice at once"
    assert per_account[f"did:plc:{0:024}"] == MAY < MANY, "the limit of one account was not kept"
    assert record["most_at_once"] <= WORKERS * CONNECTIONS
    assert min(arrivals) >= 0, "a post went out before its time"
    return {
        "posts": posts, "workers": WORKERS, "connections_each": CONNECTIONS, "latency_seconds": LATENCY,
        "limit_seconds": round(limit(posts), 1), "seconds_to_the_last_post": round(took, 1),
        "share_of_the_limit": round(limit(posts) / took, 3), "posts_per_second": round(posts / took, 1),
        "first_after_seconds": round(min(arrivals), 2), "most_at_once": record["most_at_once"],
        "tcp_connections": record["connections"], "processors": os.cpu_count(),
    }  # fmt: skip


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory(prefix="genlyd-bench-") as name:
        Path(name).chmod(0o755)
        found = measure(Path(name), int(sys.argv[1]) if sys.argv[1:] else POSTS)
    sys.stdout.write(json.dumps(found, indent=2) + "\n")
