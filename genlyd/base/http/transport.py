"""Connections that go to the address that was checked, and end when their time is up."""

from __future__ import annotations

import functools
import ssl
import threading
import time
from collections.abc import Iterable, Iterator
from typing import Any

import httpcore2
import httpx2

from genlyd.base.http.addresses import Resolver, port_of, resolved
from genlyd.base.http.errors import BadAddress, NotReachable, TooLarge, TooSlow


@functools.cache
def _tls() -> ssl.SSLContext:
    """Loading the certificates costs 20 ms, so once."""
    return httpx2.create_ssl_context(trust_env=False)


#: Bytes between two looks at the clock while something large is sent.
WRITTEN = 65_536


class Deadline:
    """A hard limit on everything together, however slowly each byte arrives."""

    def __init__(self, seconds: float | None) -> None:
        self._end = None if seconds is None else time.monotonic() + seconds

    def left(self, wanted: float | None = None) -> float | None:
        """Seconds that the next step may take; raises TooSlow when none are left."""
        if self._end is None:
            return wanted
        left = self._end - time.monotonic()
        if left <= 0:
            raise TooSlow("total time")
        return left if wanted is None else min(left, wanted)


class CallDeadline(Deadline):
    """For a client whose connections threads share: each thread's own, anew for each of its requests."""

    def __init__(self) -> None:
        self._of_thread = threading.local()

    def begin(self, seconds: float) -> None:
        self._of_thread.end = time.monotonic() + seconds

    @property
    def _end(self) -> float | None:  # type: ignore[override]
        return getattr(self._of_thread, "end", None)


class _Stream(httpcore2.NetworkStream):
    def __init__(self, inner: httpcore2.NetworkStream, deadline: Deadline) -> None:
        self._inner, self._deadline = inner, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        for first in range(0, len(buffer), WRITTEN):
            self._inner.write(buffer[first : first + WRITTEN], self._deadline.left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        secured = self._inner.start_tls(ssl_context, server_hostname, self._deadline.left(timeout))
        return _Stream(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class Backend(httpcore2.NetworkBackend):
    """Resolves once, checks, and connects to what it checked: a second answer of the name is never asked for."""

    def __init__(self, *, allowed: frozenset[str], resolver: Resolver, deadline: Deadline) -> None:
        self._allowed, self._resolver, self.deadline = allowed, resolver, deadline
        self._plain = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        try:
            return self._connect(host, port, timeout, local_address, socket_options)
        except TooSlow as error:
            if not isinstance(self.deadline, CallDeadline):
                raise
            # Adapters know httpx2's errors: this one says that nothing was sent.
            raise httpcore2.ConnectTimeout(error.detail) from error

    def _connect(
        self,
        host: str,
        port: int,
        timeout: float | None,
        local_address: str | None,
        socket_options: Iterable[Any] | None,
    ) -> httpcore2.NetworkStream:
        limit = self.deadline.left(timeout)
        addresses = resolved(
            host, port, allowed=self._allowed, resolver=self._resolver, seconds=10 if limit is None else limit
        )
        failure: Exception = httpcore2.ConnectError(host)
        for address in addresses[:4]:
            try:
                stream = self._plain.connect_tcp(
                    address, port, self.deadline.left(timeout), local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                failure = error
            else:
                return _Stream(stream, self.deadline)
        raise failure


class Transport(httpx2.HTTPTransport):
    """httpx2's own transport on our connections. Ignores proxies from the environment."""

    def __init__(
        self,
        backend: Backend,
        *,
        origin: httpx2.URL | None = None,
        most_bytes: int | None = None,
        idle: float = 15.0,
    ) -> None:
        super().__init__(verify=_tls(), trust_env=False)
        self._deadline = backend.deadline
        self._pool.close()
        # httpx2 has no parameter for the network backend; tests/base/test_http.py fails if this stops to work.
        self._pool = httpcore2.ConnectionPool(
            ssl_context=_tls(),
            max_connections=None,
            keepalive_expiry=idle,
            network_backend=backend,
            retries=0,
        )
        self._origin, self._most_bytes = origin, most_bytes

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        if self._origin is not None and _origin(request.url) != _origin(self._origin):
            raise BadAddress("another origin")
        if isinstance(self._deadline, CallDeadline):
            self._deadline.begin(_total(request))
        try:
            response = super().handle_request(request)
        except NotReachable as error:
            if self._origin is None:
                raise
            # Adapters know httpx2's errors: this one says that nothing was sent.
            raise httpx2.ConnectError(error.detail, request=request) from error
        if self._most_bytes is not None:
            if response.headers.get("content-encoding", "identity") != "identity":
                response.close()
                raise TooLarge("compressed although we asked for plain")
            assert isinstance(response.stream, httpx2.SyncByteStream)
            response.stream = _Limited(response.stream, self._most_bytes)
        return response


class _Limited(httpx2.SyncByteStream):
    def __init__(self, inner: httpx2.SyncByteStream, most_bytes: int) -> None:
        self._inner, self._most_bytes = inner, most_bytes

    def __iter__(self) -> Iterator[bytes]:
        seen = 0
        for part in self._inner:
            seen += len(part)
            if seen > self._most_bytes:
                raise TooLarge(f"more than {self._most_bytes} bytes")
            yield part

    def close(self) -> None:
        self._inner.close()


def _total(request: httpx2.Request) -> float:
    """Seconds for a whole request: a server that sends a byte now and then must not hold its caller for ever."""
    times = request.extensions.get("timeout", {})
    return 2 * float(times.get("connect") or 5.0) + float(times.get("read") or 20.0)


def _origin(url: httpx2.URL) -> tuple[str, str, int]:
    return url.scheme, url.raw_host.decode("ascii").lower(), port_of(url)
