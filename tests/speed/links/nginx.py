"""What cannot be beaten: nginx with one worker that answers everything with the same 302 and writes nothing down."""

from __future__ import annotations

import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tests.links.redirecting import free_port

CONFIGURATION = """
worker_processes 1;
daemon off;
master_process on;
pid {folder}/nginx.pid;
error_log stderr warn;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    keepalive_requests 1000000000;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port} backlog=4096;
        location / {{ return 302 https://fjordkraft.example/nyt; }}
    }}
}}
"""


@contextmanager
def running(program: str, folder: Path) -> Iterator[int]:
    """Yields its port."""
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    file = folder / "nginx.conf"
    file.write_text(CONFIGURATION.format(folder=folder, port=port), encoding="utf-8")
    process = subprocess.Popen([program, "-c", str(file), "-p", str(folder)], start_new_session=True)
    try:
        _wait(port)
        yield port
    finally:
        process.terminate()
        process.wait(10)


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: object) -> None:
        return None


def _wait(port: int) -> None:
    opener = urllib.request.build_opener(_Stay)
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            with suppress(ConnectionError):
                opener.open(f"http://127.0.0.1:{port}/", timeout=1).close()
        except urllib.error.HTTPError as answer:
            if answer.code == 302:
                return
            raise
        except urllib.error.URLError:
            pass
        time.sleep(0.05)
    raise AssertionError("nginx did not start")
