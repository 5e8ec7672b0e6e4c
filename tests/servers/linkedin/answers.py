"""The refusals, word for word where a source has the words. The README's table names each source."""

from __future__ import annotations

from typing import Any

from fastapi.responses import JSONResponse


def refuse(status: int, message: str, **fields: Any) -> JSONResponse:
    return JSONResponse({"status": status, "message": message, **fields}, status)


def revoked() -> JSONResponse:
    return refuse(
        401, "The token used in the request has been revoked by the user",
        serviceErrorCode=65601, code="REVOKED_ACCESS_TOKEN",
    )  # fmt: skip


def expired() -> JSONResponse:
    return refuse(
        401, "The token used in the request has expired", serviceErrorCode=65602, code="EXPIRED_ACCESS_TOKEN"
    )


def invalid_token() -> JSONResponse:
    return refuse(401, "Invalid access token", serviceErrorCode=65600, code="INVALID_ACCESS_TOKEN")


def empty_token() -> JSONResponse:
    return refuse(401, "Empty oauth2 access token", serviceErrorCode=65604, code="EMPTY_ACCESS_TOKEN")


def no_permission(what: str) -> JSONResponse:
    return refuse(
        403, f"Not enough permissions to access: {what}", serviceErrorCode=100, code="ACCESS_DENIED"
    )


def old_version(version: str) -> JSONResponse:
    return refuse(426, f"Requested version {version} is not active", code="NONEXISTENT_VERSION")


def too_many() -> JSONResponse:
    # No Retry-After and no rate headers: LinkedIn sends none.
    return refuse(
        429, "Resource level throttle limit for calls to this resource is reached.", serviceErrorCode=101
    )


def duplicate(urn: str) -> JSONResponse:
    words = f"Content is a duplicate of {urn}"
    where = {"inputPath": {"fieldPath": "commentary"}}
    errors = [{"code": "DUPLICATE_POST", "description": words, "input": where}]
    return refuse(422, f"Unprocessable: {words}", errorDetails={"inputErrors": errors})


def broken(status: int) -> JSONResponse:
    if status == 500:
        return refuse(500, "Internal Server Error", serviceErrorCode=0)
    return refuse(status, "Service Unavailable")
