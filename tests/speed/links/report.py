"""The table in docs/reference/performance.md, written from build/bench.json: `make bench ARGS=docs`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from tests.speed.links import goals

PAGE = Path(__file__).resolve().parents[3] / "docs" / "reference" / "performance.md"
BEGIN, END = "<!-- make bench ARGS=docs writes from here -->", "<!-- to here -->"


def versions(found: dict[str, Any]) -> str:
    known = {**found["versions"], "PostgreSQL": found["settings"]["server_version"]}
    return "Versions: " + ", ".join(f"{name} {number}" for name, number in known.items()) + "."


def machine(found: dict[str, Any]) -> str:
    here = found["machine"]
    return (
        f"Machine: {here['processors']} processors ({here['processor']}), {here['memory_gb']} GB, {here['system']}, "
        f"{here['file_system']}, {here['fdatasync_per_second']:,} writes a second reach the disk one after the other; "
        f"load before it began {here['load_before']}."
    )


def _database(settings: dict[str, Any]) -> str:
    return (
        f"Database: {settings['clicks']:,} clicks, {settings['links']:,} links, {settings['organisations']} "
        f"organisations, the largest with {settings['members of the largest']:,} members; fsync {settings['fsync']}, "
        f"synchronous_commit {settings['synchronous_commit']}, shared_buffers {settings['shared_buffers']}, "
        f"data_checksums {settings['data_checksums']}."
    )


def _rounds(values: Iterable[Any]) -> str:
    return " / ".join(map(str, values))


def _each(runs: Iterable[dict[str, Any]], name: str, form: str = "{}") -> str:
    return _rounds(form.format(run[name]) for run in runs if name in run) or "–"


def section(found: dict[str, Any]) -> str:
    rates = found.get("redirects_per_second", {})
    loop = {**found.get("open_loop_quiet", {}), **found.get("open_loop", {})}
    names = {
        "nginx": "nginx `return 302`, nothing recorded", "ours": "Genlyd, 5,000 of the hot links",
        "one_insert": "the same app, one INSERT per click", "hot": "Genlyd, all hot links",
        "few": "Genlyd, 1,000 links in the database",
    }  # fmt: skip
    each = [
        f"| {words} | {_rounds(f'{rate:,}' for rate in rates[key])} | {_rounds(found['p99_ms_at_32'][key])} |"
        for key, words in names.items()
        if key in rates
    ]
    loops = [
        f"| {words} | {_each(runs, 'p50')} | {_each(runs, 'p99')} | {_each(runs, 'steady_p99')} |"
        f" {_each(runs, 'left_out', '{:.0%}')} |"
        for words, runs in (
            ("200/s", loop.get("slow", ())),
            ("200/s, the database's files in memory: no disk", loop.get("no_disk", ())),
            ("1,000/s", loop.get("alone", ())),
            ("1,000/s beside the board's questions, without pause", loop.get("questions", ())),
            ("1,000/s beside its pages, one a second and person", loop.get("paced", ())),
            ("1,000/s beside its pages, without pause", loop.get("beside", ())),
            (
                "1,000/s beside a program on each processor that only counts: no Genlyd, no database",
                loop.get("counting", ()),
            ),
            ("the disk alone: 8 kB written at 200/s", found.get("disk_alone_at_200", ())),
        )
    ]
    return "\n".join(
        [
            f"Measured {found['taken_at']}, in {found['took_seconds'] // 60} min {found['took_seconds'] % 60} s.",
            "",
            goals.markdown(found["goals"]),
            "",
            "| 32 connections, round by round | redirects/s | p99 ms |",
            "| --- | --- | --- |",
            *each,
            "",
            "| open loop, round by round | p50 ms | p99 ms of all | p99 ms while steady | not steady |",
            "| --- | --- | --- | --- | --- |",
            *loops,
            "",
            versions(found),
            "",
            machine(found),
            "",
            _database(found["settings"]),
        ]
    )


def write(found: dict[str, Any]) -> None:
    before, _begin, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    _old, end, after = rest.partition(END)
    assert end, f"{PAGE} has no {BEGIN} … {END}"
    PAGE.write_text(f"{before}{BEGIN}\n\n{section(found)}\n\n{end}{after}", encoding="utf-8")
