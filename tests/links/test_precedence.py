"""Short links go before all else on this machine: while they are few, and where the system lets them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from shutil import which
from urllib.request import urlopen

import pytest
from django.db import connection

from tests.cli.house import descendants
from tests.links.going_first import allowed, classes, may_raise_limits, said
from tests.links.redirecting import Server, database

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux knows such an order")
granted = pytest.mark.skipif(
    sys.platform != "linux" or not allowed(), reason="the system lets nobody go first here"
)


def told(server: Server) -> str:
    with urlopen(f"http://127.0.0.1:{server.port}/healthz", timeout=5) as answer:
        return str(json.load(answer)["first"])


def backends() -> dict[str, int]:
    """The database's processes that serve others, by the last thing that was said to each. Not Citus's own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT query, pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend' AND NOT starts_with(application_name, 'citus')"
        )
        return {query: pid for query, pid in cursor.fetchall() if Path(f"/proc/{pid}").exists()}


@granted
def test_a_server_and_what_the_database_does_for_its_visitors_go_first(
    transactional_db: None, tmp_path: Path
) -> None:
    with Server(tmp_path, database()) as server:
        assert told(server) == "redirect and database"
        first = [process for process in descendants(server.pid) if os.SCHED_RR in classes(process)]
        assert len(first) == 1
        assert classes(first[0]) == {os.SCHED_RR}
        for query, process in backends().items():
            listens = "LISTEN" in query.upper() or "pg_notify" in query
            assert classes(process) == {os.SCHED_OTHER if listens else os.SCHED_RR}, query


@linux
def test_one_that_is_told_not_to_does_not(transactional_db: None, tmp_path: Path) -> None:
    with Server(tmp_path, database(), settings={"GENLYD_REDIRECT_FIRST": "no"}) as server:
        assert told(server) == "none"
        assert {one for process in descendants(server.pid) for one in classes(process)} == {os.SCHED_OTHER}


@granted
def test_a_flood_waits_its_turn_and_what_comes_after_it_goes_first_again() -> None:
    assert said("""
async def waited(mine, until):
    for _look in range(400):
        if mine.held() == until: return until
        await asyncio.sleep(.05)
    return "still " + mine.held()

def burn(until):
    while not until.is_set(): pass

async def run():
    mine, over = Precedence(wanted=True), threading.Event()
    watching = asyncio.create_task(mine.watch())
    print(mine.held(), first())
    threading.Thread(target=burn, args=[over]).start()
    print(await waited(mine, "none"), first())
    over.set()
    print(await waited(mine, "redirect"), first())
    watching.cancel()

asyncio.run(run())
""") == ["redirect True", "none False", "redirect True"]


@granted
def test_only_the_process_that_serves_this_connection_comes_along(transactional_db: None) -> None:
    """The number may be another process's: of another machine, or of the same one with another visitor."""
    told = said(
        """
class Lying:
    def __init__(self, *answer): self.answer = answer
    async def fetchrow(self, *_words, **_more): return self.answer
    def is_closed(self): return False

async def run():
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)", "postgres: a b [local] "])
    mine, true = Precedence(wanted=True), await asyncpg.connect(sys.argv[1])
    serving = true.get_server_pid()
    os.sched_setscheduler(other.pid, os.SCHED_OTHER, os.sched_param(0))
    for connection in (Lying(other.pid, " a b [local] "), Lying(serving, " a b 192.0.2.7(443) "), Lying(2**22, " ")):
        await mine.share(connection)
        print(mine.held(), first(other.pid), first(serving))
    await mine.share(true)
    print(mine.held(), first(other.pid), first(serving))
    await true.close()
    print(mine.held())
    other.kill()

asyncio.run(run())
""",
        database(),
    )
    assert told == [*3 * ["redirect False False"], "redirect and database False True", "redirect"]


@linux
@pytest.mark.skipif(os.geteuid() != 0 or not which("setpriv"), reason="only root can become somebody else")
@pytest.mark.parametrize("by", ["nothing", "limit", "capability"])
def test_somebody_without_rights_goes_first_where_an_administrator_allowed_it(by: str) -> None:
    if by != "nothing" and not allowed():
        pytest.skip("the system lets nobody go first here")
    if by == "limit" and not may_raise_limits():
        pytest.skip("this root may not raise limits")
    nobody = ["--reuid=65534", "--clear-groups"]
    if subprocess.run(["setpriv", *nobody, sys.executable, "-c", "import genlyd"], check=False).returncode:
        pytest.skip("nobody else can read this clone")
    within = {
        "nothing": ["setpriv"],
        "limit": ["prlimit", "--rtprio=1:1", "setpriv"],
        "capability": ["setpriv", "--inh-caps=+sys_nice", "--ambient-caps=+sys_nice"],
    }[by]
    assert said(
        """
mine = Precedence(wanted=True)
asyncio.run(mine.watch()) if not mine.possible else None
print(mine.held(), first())
""",
        within=[*within, *nobody],
    ) == ["none False" if by == "nothing" else "redirect True"]


@granted
def test_an_order_that_somebody_else_chose_stays() -> None:
    assert said("""
os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
mine = Precedence(wanted=True)
print(mine.held(), mine.possible, os.sched_getscheduler(0) == os.SCHED_BATCH)
""") == ["none False True"]
