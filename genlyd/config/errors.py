"""Error pages that help: what happened, what to do now, and the request's name for whoever is asked."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader
from django.utils.html import escape


def _name(request: HttpRequest) -> str:
    return str(getattr(request, "id", ""))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return _alone(request, HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return render(request, "403.html", status=HTTPStatus.FORBIDDEN)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """The CSRF check failed: mostly a page left open overnight, or cookies switched off."""
    return render(request, "403_csrf.html", status=HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return render(request, "404.html", status=HTTPStatus.NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    return _alone(request, HTTPStatus.INTERNAL_SERVER_ERROR)


def _alone(request: HttpRequest, status: HTTPStatus) -> HttpResponse:
    """Drawn without the request: who asks, and the database that would tell, may be what is broken."""
    try:
        page: str = loader.render_to_string(f"{status.value}.html", {"request_id": _name(request)})
    except Exception:  # noqa: BLE001  the first error is logged already, and this answer must not fail
        page = f"<!doctype html><title>{status.phrase}</title><h1>{status.phrase}</h1><p>{escape(_name(request))}</p>"
    return HttpResponse(page, status=status.value)
