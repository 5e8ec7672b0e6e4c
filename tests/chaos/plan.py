"""Which calls break: decided by a seed, aimed by the kind of call."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable

from tests.servers.contract import NetworkServer
from tests.servers.fault_proxy import FAULTS, Fault

#: How many calls of each kind break.
PUBLISH, READ, PREPARE, TOKEN = 0.6, 0.12, 0.15, 0.3
#: A renewal whose answer is lost may cost the connection, which is not what is tried here.
TOKEN_FAULTS: tuple[Fault, ...] = ("drop_before", "429", "slow")
#: The network has the post, and the worker does not hear of it.
AFTER: tuple[Fault, ...] = ("drop_after", "hang_after", "502_after")


def aimed(
    server: NetworkServer, *, seed: int, faults: tuple[Fault, ...] = FAULTS
) -> Callable[[str], Fault | None]:
    """Every fault once at the publishing call, then by chance. Asked from many threads."""
    chance, first, lock = random.Random(seed), list(faults), threading.Lock()
    chance.shuffle(first)

    def plan(request: str) -> Fault | None:
        with lock:
            if is_publishing(server, request):
                if first:
                    return first.pop()
                return chance.choice(faults) if chance.random() < PUBLISH else None
            if any(part in request for part in server.token_paths):
                return chance.choice(TOKEN_FAULTS) if chance.random() < TOKEN else None
            if any(part in request for part in server.prepare_paths):
                return chance.choice(faults) if chance.random() < PREPARE else None
            if any(part in request for part in server.read_paths):
                return chance.choice(faults) if chance.random() < READ else None
            return None

    return plan


def is_publishing(server: NetworkServer, request: str) -> bool:
    return request.startswith("POST ") and any(part in request for part in server.publish_paths)
