"""Scans from other systems: a plain view, because it is asked fifty times a second."""

import json
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from rest_framework.exceptions import AuthenticationFailed

from integrations.erp import authentication, problems
from mes.commands import scans
from mes.queries import stations
from plant.errors import Refusal

SCOPE = "scans:write"


class BadScan(Refusal):
    """A request that is no scan."""

    code = "bad-quantity"


@csrf_exempt
def accept(request: HttpRequest) -> JsonResponse:
    """POST {station, code, event_id, job_order?, quantity?}: 200 accepted or attention, 409 refused."""
    if request.method != "POST":
        return problem(405, _("Send a POST."), "method-not-allowed")
    try:
        caller = authentication.caller(request)
    except AuthenticationFailed as error:
        return problem(401, error.detail, "authentication-failed")
    if caller is None:
        return problem(401, _("Send “Authorization: Api-Key …”."), "not-authenticated")
    if SCOPE not in caller.key.scopes:
        return problem(403, _("This key has no scope “scans:write”."), "forbidden")
    try:
        return respond(scan(request, caller))
    except Refusal as refusal:
        return problems.respond(problems.of_refusal(refusal, outcome="refused"))


def scan(request: HttpRequest, caller: authentication.Caller) -> scans.ScanOutcome:
    """The request's words as one call."""
    words = body(request)
    return scans.accept(
        code=said(words, "code"), station=stations.by_code(said(words, "station")), event_id=said(words, "event_id"),
        job_order=str(words.get("job_order") or ""), quantity=quantity(words.get("quantity")),
        device=f"api:{caller.key.prefix}", by=caller.person, at=timezone.now(),
    )


def body(request: HttpRequest) -> dict[str, Any]:
    """The JSON object that was sent."""
    try:
        words = json.loads(request.body)
    except ValueError as error:
        raise BadScan(_("The body is not JSON. Send an object with station, code and event_id.")) from error
    if not isinstance(words, dict):
        raise BadScan(_("The body is not an object. Send station, code and event_id."))
    return words


def said(words: dict[str, Any], name: str) -> str:
    """A text that must be there."""
    value = words.get(name)
    if not isinstance(value, str) or not value:
        raise BadScan(_("“%(name)s” is missing or no text.") % {"name": name}, facts={"field": name})
    return value


def quantity(value: Any) -> Decimal | None:
    """A quantity that was sent as text or number; anything but a finite number is refused."""
    if value is None:
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation as error:
        raise BadScan(_("The quantity is not a number."), facts={"field": "quantity"}) from error
    if not number.is_finite() or isinstance(value, bool):
        raise BadScan(_("The quantity is not a number."), facts={"field": "quantity"})
    return number


def respond(outcome: scans.ScanOutcome) -> JsonResponse:
    """Accepted and attention are 200; refused is a problem with the same members."""
    answer = {
        "outcome": outcome.outcome, "message": str(outcome.message), "kind": outcome.kind, "lot": outcome.lot,
        "next": str(outcome.next), "replayed": outcome.replayed, **outcome.facts,
    }
    if outcome.outcome != "refused":
        return JsonResponse(answer)
    defaults = {"hold": None, "nonconformance": None}
    code = outcome.code or "refused"
    answer = problems.body(409, _("Refused"), outcome.message, code, **{**defaults, **answer})
    return problems.respond(answer)


def problem(status: int, detail: Any, code: str) -> JsonResponse:
    """A problem before there was a scan."""
    return problems.respond(problems.body(status, _("Refused"), detail, code, outcome="refused"))
