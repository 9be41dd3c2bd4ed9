"""Answers that say what is wrong, as RFC 9457 problem details."""

from typing import Any

from django.http import Http404, JsonResponse
from django.utils.translation import gettext_lazy as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import exception_handler, set_rollback

from plant.errors import Refusal

CONTENT_TYPE = "application/problem+json"
MISSING = {
    "unknown-lot", "unknown-shipment", "unknown-station", "unknown-andon", "unknown-maintenance", "unknown-tool",
    "not-found", "foreign", "unknown-epcis-document", "unknown-order",
}
UNREADABLE = {"unknown-cursor", "bad-quantity", "bad-filter", "bad-event-id", "bad-scan", "bad-key", "malformed"}
FORBIDDEN = {"forbidden"}
LARGE = {"too-large"}
CHANGED = {"changed-meanwhile"}
UNFIT = {"idempotency-key-reused", "event-id-reused", "not-analysable", "epcis-refused"}


def status_of(refusal: Refusal) -> int:
    """404 not there, 400 unreadable, 403 not allowed, 422 unfit, 413 too large, 412 changed; all others are 409."""
    table = [(MISSING, 404), (UNREADABLE, 400), (FORBIDDEN, 403), (UNFIT, 422), (LARGE, 413), (CHANGED, 412)]
    return next((status for codes, status in table if refusal.code in codes), 409)


def body(status: int, title: Any, detail: Any, code: str, facts: dict[str, Any] | None = None) -> dict[str, Any]:
    """The members of a problem; facts are added to them and replace none."""
    return {
        **(facts or {}), "type": f"urn:zhizao:problem:{code}", "title": str(title), "status": status,
        "detail": str(detail), "code": code,
    }


def of_refusal(refusal: Refusal, facts: dict[str, Any] | None = None) -> dict[str, Any]:
    """A refusal as a problem; its own facts go before those that are given here."""
    return body(status_of(refusal), _("Refused"), refusal.message, refusal.code, {**(facts or {}), **refusal.facts})


def respond(problem: dict[str, Any]) -> JsonResponse:
    """A problem as an answer of a plain view."""
    return JsonResponse(problem, status=problem["status"], content_type=CONTENT_TYPE)


def handler(error: Exception, context: dict[str, Any]) -> Response | None:
    """Turn refusals, validation and HTTP errors into problems; anything else is a fault of ours and stays one."""
    if isinstance(error, Refusal):
        set_rollback()
        problem = of_refusal(error)
        return Response(problem, status=problem["status"], content_type=CONTENT_TYPE)
    response = exception_handler(error, context)
    if response is None:
        return None
    response.data = of_http_error(error, response)
    response.content_type = CONTENT_TYPE
    return response


def of_http_error(error: Exception, response: Response) -> dict[str, Any]:
    """An error of the framework as a problem; a validation error lists the fields."""
    if isinstance(error, exceptions.ValidationError):
        detail = _("The request has fields that can't be accepted; see “errors”.")
        errors = response.data if isinstance(response.data, dict) else {"non_field_errors": response.data}
        return body(response.status_code, _("Not valid"), detail, "invalid", {"errors": errors})
    if isinstance(error, Http404):
        return body(404, _("Not found"), _("There is nothing with this code or number."), "not-found")
    detail = getattr(error, "detail", error)
    code = getattr(detail, "code", "error")
    return body(response.status_code, getattr(error, "default_detail", ""), detail, code)
