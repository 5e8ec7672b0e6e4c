"""Settings of the embedded PostgreSQL, from the memory of the machine (or of the container)."""

from __future__ import annotations

import os
from pathlib import Path

MIB = 1024 * 1024
CGROUP_LIMIT = Path("/sys/fs/cgroup/memory.max")


def memory() -> int:
    """Bytes this machine or container has."""
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    try:
        limit = int(CGROUP_LIMIT.read_text())
    except (OSError, ValueError):  # no container, or "max"
        return total
    return min(total, limit)


def settings(bytes_of_memory: int) -> dict[str, str]:
    """The web server, the worker and PostgreSQL share the machine, so PostgreSQL's own cache takes an eighth of it."""

    def share(part: int, least: int, most: int) -> str:
        return f"{min(max(bytes_of_memory // part // MIB, least), most)}MB"

    return {
        "shared_buffers": share(8, 32, 4096),
        "effective_cache_size": share(2, 128, 65536),
        "maintenance_work_mem": share(32, 32, 1024),
        "work_mem": share(512, 4, 32),
        "max_connections": "120",
        "max_wal_size": "2GB",
        # Whole pages follow every checkpoint, and packing them (pglz) took four fifths of what counting clicks took.
        "wal_compression": "off",
        "random_page_cost": "1.1",
        "jit": "off",
        "default_toast_compression": "pglz",
        "idle_in_transaction_session_timeout": "5min",
        "log_checkpoints": "off",
        "log_line_prefix": "''",
        "log_timezone": "UTC",
        "timezone": "UTC",
    }


def render(values: dict[str, str]) -> str:
    lines = [f"{name} = {value}" for name, value in values.items()]
    head = "# Written by Genlyd at each start. Your own settings go below its line in postgresql.conf."
    return "\n".join([head, *lines]) + "\n"
