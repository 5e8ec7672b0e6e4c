"""What Graph answers when something is wrong: one shape for Threads and Instagram."""

from __future__ import annotations

from typing import Any

from fastapi import Request
from fastapi.responses import JSONResponse


class Wrong(Exception):
    """An error as Graph words it. `body()` is what goes over the wire."""

    def __init__(
        self,
        message: str,
        code: int,
        subcode: int = 0,
        *,
        status: int = 400,
        kind: str = "OAuthException",
        transient: bool = False,
        title: str = "",
    ) -> None:
        super().__init__(message)
        self.message, self.code, self.subcode, self.status = message, code, subcode, status
        self.kind, self.transient, self.title = kind, transient, title

    def body(self) -> dict[str, Any]:
        error: dict[str, Any] = {"message": self.message, "type": self.kind, "code": self.code}
        if self.subcode:
            error["error_subcode"] = self.subcode
        error["is_transient"] = self.transient
        if self.title:
            error["error_user_title"], error["error_user_msg"] = self.title, self.message
        return {"error": {**error, "fbtrace_id": "AZ9_double"}}


async def wrong(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Wrong)
    return JSONResponse(error.body(), status_code=error.status)


def bad_token(subcode: int = 463) -> Wrong:
    return Wrong("Error validating access token: it has expired or was withdrawn.", 190, subcode)


def no_permission(scope: str) -> Wrong:
    return Wrong(f"(#10) Application does not have permission for this action: {scope}", 10, status=403)


def unknown_object(number: str) -> Wrong:
    return Wrong(
        f"Unsupported get request. Object with ID '{number}' does not exist, cannot be loaded due to missing "
        "permissions, or does not support this operation.",
        100,
        33,
        kind="GraphMethodException",
    )
