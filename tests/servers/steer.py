"""What every double with one state lets the tests do: begin anew, and turn a screw."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from fastapi import FastAPI, Request


def steered(app: FastAPI, holder: dict[str, Any], state: type[Any]) -> None:
    """Adds /_double/reset and /_double/set to `app`; `holder["state"]` is the dataclass `state` that answers."""

    @app.post("/_double/reset")
    async def reset() -> dict[str, bool]:
        holder["state"] = state()
        return {"ok": True}

    @app.post("/_double/set")
    async def change(request: Request) -> dict[str, bool]:
        """Any field; an unknown one is a mistake of the test."""
        known = {one.name for one in fields(state)}
        for name, value in (await request.json()).items():
            if name not in known:
                raise ValueError(name)
            setattr(holder["state"], name, tuple(value) if name == "redirect_uris" else value)
        return {"ok": True}
