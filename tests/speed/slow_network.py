"""A network that takes its time: python -m tests.speed.slow_network PORT LATENCY.

Speaks putRecord and getRecord as a PDS does; a post is answered after LATENCY seconds, as many at once as ask. It
keeps who came when, and judges nobody: the record at `/_double/record` is what the limits are held against.
Hand-written on asyncio, so that it leaves the processors to those who are measured.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import Counter
from typing import Any
from urllib.parse import parse_qs, urlsplit


def uri_of(repo: str, rkey: str) -> str:
    return f"at://{repo}/app.bsky.feed.post/{rkey}"


class Record:
    def __init__(self) -> None:
        #: (seconds since 1970, repo, rkey) of each publishing call, as they arrived.
        self.arrivals: list[tuple[float, str, str]] = []
        self.posts: dict[tuple[str, str], Any] = {}
        self.under_way: Counter[str] = Counter()
        self.most_at_once = 0
        self.most_of_one = 0
        self.connections = 0

    def told(self) -> bytes:
        return json.dumps({
            "arrivals": self.arrivals, "posts": [post["text"] for post in self.posts.values()],
            "most_at_once": self.most_at_once, "most_of_one": self.most_of_one, "connections": self.connections,
        }).encode()  # fmt: skip


class Talk(asyncio.Protocol):
    """One connection, kept as long as the other side keeps it."""

    def __init__(self, record: Record, latency: float) -> None:
        self.record, self.latency, self.held = record, latency, b""

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        self.record.connections += 1

    def data_received(self, data: bytes) -> None:
        self.held += data
        head, end, rest = self.held.partition(b"\r\n\r\n")
        if not end:
            return
        length = 0
        for line in head.split(b"\r\n")[1:]:
            name, _colon, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        if len(rest) < length:
            return
        self.held = rest[length:]
        self.asked(head.split(b" ", 2)[1].decode(), rest[:length])

    def asked(self, path: str, body: bytes) -> None:
        if path == "/_double/record":
            self.answer(self.record.told())
            return
        if "com.atproto.repo.getRecord" in path:
            asked = parse_qs(urlsplit(path).query)
            key = (asked["repo"][0], asked["rkey"][0])
            if key in self.record.posts:
                found = {"uri": uri_of(*key), "cid": "bafy", "value": self.record.posts[key]}
                self.answer(json.dumps(found).encode())
            else:
                self.answer(
                    b'{"error":"RecordNotFound","message":"Could not locate record"}', "400 Bad Request"
                )
            return
        if not path.endswith("com.atproto.repo.putRecord"):
            self.answer(b'{"error":"MethodNotImplemented"}', "501 Not Implemented")
            return
        sent, record = json.loads(body), self.record
        key = (sent["repo"], sent["rkey"])
        record.arrivals.append((time.time(), *key))
        record.under_way[key[0]] += 1
        record.most_of_one = max(record.most_of_one, record.under_way[key[0]])
        record.most_at_once = max(record.most_at_once, record.under_way.total())
        asyncio.get_running_loop().call_later(self.latency, self.done, key, sent["record"])

    def done(self, key: tuple[str, str], post: Any) -> None:
        self.record.under_way[key[0]] -= 1
        if not self.record.under_way[key[0]]:
            del self.record.under_way[key[0]]
        if self.record.posts.setdefault(key, post) != post:
            self.answer(b'{"error":"InvalidSwap","message":"Record was at bafy"}', "400 Bad Request")
            return
        self.answer(json.dumps({"uri": uri_of(*key), "cid": "bafy"}).encode())

    def answer(self, body: bytes, status: str = "200 OK") -> None:
        head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        if not self.transport.is_closing():
            self.transport.write(head.encode() + body)


async def serve(port: int, latency: float) -> None:
    record = Record()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Talk(record, latency), "127.0.0.1", port, backlog=512)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), float(sys.argv[2])))
