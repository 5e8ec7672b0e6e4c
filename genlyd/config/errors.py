"""Error pages that help: what happened, what to do now, and the request's name for whoever is asked."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import TemplateDoesNotExist
from django.utils.html import escape


def _page(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    try:
        return render(request, f"{status.value}.html", {"request_id": _name(request)}, status=status.value)
    except TemplateDoesNotExist:
        return _bare(request, status)


def _bare(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    """For when a page cannot be rendered: no template, no database, no session."""
    text = f"<!doctype html><title>{status.phrase}</title><h1>{status.phrase}</h1><p>{escape(_name(request))}</p>"
    return HttpResponse(text, status=status.value)


def _name(request: HttpRequest) -> str:
    return str(getattr(request, "id", ""))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return _page(request, HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return _page(request, HTTPStatus.FORBIDDEN)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """The CSRF check failed: mostly a page left open overnight, or cookies switched off."""
    return render(
        request,
        "403.html",
        {"request_id": _name(request), "form_expired": True},
        status=HTTPStatus.FORBIDDEN.value,
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return _page(request, HTTPStatus.NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    try:
        return _page(request, HTTPStatus.INTERNAL_SERVER_ERROR)
    except Exception:  # noqa: BLE001  the error may be in what every page needs; it is logged already
        return _bare(request, HTTPStatus.INTERNAL_SERVER_ERROR)
