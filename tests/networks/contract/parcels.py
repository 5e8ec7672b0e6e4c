"""What the contract's tests post, and where a network fetches a picture that it fetches itself."""

from __future__ import annotations

import io
import itertools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from django.utils import timezone
from PIL import Image

from genlyd.networks.contract import Card, Message, Network, Parcel, Picture, PictureWay

LINK = "https://go.fjordkraft.example/"
WORDS = "I går løftede den første vinge sig over Esbjerg havn. Æøå!"
_number = itertools.count(1)
_bytes = io.BytesIO()
Image.new("RGB", (640, 480), (20, 90, 120)).save(_bytes, "JPEG")
JPEG = _bytes.getvalue()


class _Pictures(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "image/jpeg")
        self.send_header("Content-Length", str(len(JPEG)))
        self.end_headers()
        self.wfile.write(JPEG)

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def pictures() -> Iterator[str]:
    """The origin of a server with the same picture at every address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Pictures)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def kinds(network: Network) -> list[str]:
    """The kinds of post that the network takes."""
    found = [] if network.capabilities.picture_required else ["text", "card"]
    return found if network.capabilities.picture is PictureWay.NO else [*found, "picture"]


def a_parcel(network: Network, kind: str, *, origin: str) -> Parcel:
    """Unlike every other one, as the link of a delivery is. `origin` is where pictures can be fetched."""
    number = next(_number)
    link = "" if kind == "text" else f"{LINK}k{number}"
    picture = Picture(
        data=JPEG, alt="En vinge over havnen", width=640, height=480, public_url=f"{origin}/{number}.jpg"
    )
    message = Message(text=f"{WORDS} Nummer {number}.", link=link, has_picture=kind == "picture")
    return Parcel(
        key=f"{number}.1", at=timezone.now(), text=network.written(message), link=link, language="da",
        card=Card(url=link, title="Første mølle på plads", description="Esbjerg, mandag", picture=picture)
        if kind == "card" else None,
        picture=picture if kind == "picture" else None,
    )  # fmt: skip
