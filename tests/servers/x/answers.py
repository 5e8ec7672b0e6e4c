"""The refusals, word for word where a source has the words. The README's table names each source."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi.responses import JSONResponse

PROBLEMS = "https://api.x.com/2/problems/"


def problem(
    status: int, title: str, detail: str, kind: str = "", headers: Mapping[str, str] | None = None, **more: Any
) -> JSONResponse:  # fmt: skip
    body = {
        "title": title,
        "detail": detail,
        "type": f"{PROBLEMS}{kind}" if kind else "about:blank",
        "status": status,
    }
    return JSONResponse(
        {**body, **more}, status, headers=dict(headers or {}), media_type="application/problem+json"
    )


def invalid(*messages: str, parameters: Mapping[str, Any] | None = None) -> JSONResponse:
    errors = [{"parameters": dict(parameters or {}), "message": message} for message in messages]
    words = "One or more parameters to your request was invalid."
    return problem(400, "Invalid Request", words, "invalid-request", errors=errors)


def unauthorized() -> JSONResponse:
    return problem(401, "Unauthorized", "Unauthorized")


def forbidden(detail: str) -> JSONResponse:
    return problem(403, "Forbidden", detail)


def duplicate() -> JSONResponse:
    return forbidden("You are not allowed to create a Tweet with duplicate content.")


def not_found(what: str, number: str) -> dict[str, str]:
    return {
        "value": number, "detail": f"Could not find {what} with ids: [{number}].", "title": "Not Found Error",
        "resource_type": what, "parameter": "ids", "resource_id": number, "type": f"{PROBLEMS}resource-not-found",
    }  # fmt: skip


def too_many(limit: int, reset: int) -> JSONResponse:
    headers = {
        "x-rate-limit-limit": str(limit), "x-rate-limit-remaining": "0", "x-rate-limit-reset": str(reset),
    }  # fmt: skip
    return problem(429, "Too Many Requests", "Too Many Requests", headers=headers)


def usage_capped() -> JSONResponse:
    return problem(
        429, "UsageCapExceeded", "Usage cap exceeded: Monthly product cap", "usage-capped",
        account_id="1", product_name="standard", period="Monthly", scope="Product",
    )  # fmt: skip


def no_credits() -> JSONResponse:
    words = "Your enrolled account [1] does not have any credits to fulfill this request."
    return problem(402, "CreditsDepleted", words, "credits", account_id="1")


def oauth(status: int, error: str, description: str) -> JSONResponse:
    return JSONResponse({"error": error, "error_description": description}, status)
