"""Static files are collected (hashed, compressed) once per state of their sources."""

from __future__ import annotations

import os
import zlib
from pathlib import Path


def _state() -> str:
    """Changes whenever a static file of ours or of a library changes."""
    from django.contrib.staticfiles.finders import get_finders

    from genlyd import __version__

    total = zlib.crc32(__version__.encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = Path(storage.path(name)).stat()
            total = zlib.crc32(f"{name}:{status.st_size}:{status.st_mtime_ns}".encode(), total)
    return f"{total:08x}"


def collect() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "genlyd.config.settings")
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    state = _state()
    if stamp.exists() and stamp.read_text() == state:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(state)
