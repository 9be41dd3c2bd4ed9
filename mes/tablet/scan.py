"""The scan of a tablet: one command, answered in JSON."""

import json
import uuid
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mes.commands import scans
from mes.commands.everyday import Turn
from mes.commands.scan_outcomes import REFUSED, ScanOutcome
from mes.queries import codes, stations
from mes.tablet.access import device_of, signed_on
from plant.errors import Refusal
from plant.models import Equipment, Person
from plant.queries import people
from plant.web.refusals import problem
from traceability.commands.picking import NotItsTurn
from traceability.models import CaptureWay

MOST_GONE = 1000
FORM = {"data-missing", "data-out-of-limits"}
SHOWN = {"accepted": "accepted", "attention": "warning", "refused": "refused"}


@require_POST
@signed_on()
def scan(request: HttpRequest, station: Equipment) -> HttpResponse:
    """Take one scan. What the tablet kept while it had no network comes here too, under the same event id."""
    now = timezone.now()
    try:
        body = read(request)
        outcome = scans.accept(
            code=body["code"], station=station, event_id=body["event_id"], by=who(request, station, body), at=now,
            quantity=body["quantity"], device=device_of(request), device_at=body["scanned_at"], turn=body["turn"],
            way=CaptureWay.HAND if body["typed"] else CaptureWay.SCAN,
        )
    except scans.TooEarly as early:
        return problem(early, 425)
    except Refusal as refusal:
        return problem(refusal)
    if outcome.code == codes.Unknown.code and people.by_badge(body["code"].strip()) is not None:
        return JsonResponse(badge_seen())
    return JsonResponse(as_json(outcome, station), status=409 if outcome.outcome == REFUSED else 200)


def badge_seen() -> dict[str, Any]:
    """A badge among the scans: somebody else wants to work here, and the page asks for the PIN."""
    return {"outcome": "warning", "kind": "badge", "message": _("A badge. Enter the PIN to change the person.")}


def read(request: HttpRequest) -> dict[str, Any]:
    """What the tablet sent, in our types."""
    try:
        sent = json.loads(request.body)
        quantity = sent.get("quantity")
        amount = Decimal(str(quantity)) if quantity not in (None, "") else None
        moment = parse_datetime(str(sent.get("scanned_at", "")))
        texts = {key: str(sent.get(key) or "") for key in ("code", "event_id", "person")}
    except (ValueError, AttributeError, InvalidOperation) as error:
        raise Refusal(_("The tablet sent something that is no scan. Scan the code again."), code="bad-input") from error
    aware = moment if moment and moment.tzinfo else None
    return {**texts, "quantity": amount, "scanned_at": aware, "turn": turn_of(sent), "typed": sent.get("typed") is True}


def turn_of(sent: dict[str, Any]) -> Turn | None:
    """Where the scan stands in the queue of its tablet; a page from before there were queues names none."""
    if sent.get("queue") is None:
        return None
    try:
        numbers = [int(sent["seq"]), *map(int, sent.get("gone") or [])]
        queue = uuid.UUID(str(sent["queue"]))
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise Refusal(_("The tablet sent something that is no scan. Scan the code again."), code="bad-input") from error
    if len(numbers) > MOST_GONE or not all(0 < number < 2**53 for number in numbers):
        raise Refusal(_("The tablet sent something that is no scan. Scan the code again."), code="bad-input")
    return Turn(queue, numbers[0], tuple(numbers[1:]))


def who(request: HttpRequest, station: Equipment, body: dict[str, Any]) -> Person:
    """Whoever scanned: for a scan kept from before, the person who was signed on here then."""
    number, moment = body["person"], body["scanned_at"]
    if number in ("", request.user.number):
        return request.user
    person = stations.was_signed_on(station, number, moment) if isinstance(moment, datetime) else None
    if person is None:
        message = _("This scan was kept for %(number)s, who was not signed on here then. Scan the code again.")
        raise Refusal(message % {"number": number[:40]}, code="not-signed-on")
    return person


def as_json(outcome: ScanOutcome, station: Equipment) -> dict[str, Any]:
    """The answer in the words of the page; links lead to the reason."""
    told = f"{outcome.message} {outcome.next}".strip()
    answer: dict[str, Any] = {
        **outcome.facts, "outcome": SHOWN[outcome.outcome], "message": told, "detail": told, "kind": outcome.kind,
        "lot": outcome.lot, "next": outcome.next, "replayed": outcome.replayed, "code": outcome.code,
    }
    if outcome.code in FORM or outcome.facts.get("data"):
        answer["form_url"] = reverse("station:data", args=[station.code])
    if outcome.facts.get("check"):
        answer["form_url"] = reverse("station:check", args=[station.code, outcome.facts["check"]])
    if outcome.kind == "equipment":
        answer["url"] = reverse("traceability:equipment-history", args=[outcome.facts["equipment"]])
    if outcome.code == NotItsTurn.code and outcome.facts.get("field") == "reason":
        answer["form_url"] = f"{reverse('station:other-lot', args=[station.code])}?{urlencode({'lot': outcome.lot})}"
    if outcome.facts.get("hold"):
        answer["hold_url"] = reverse("traceability:hold-detail", args=[outcome.facts["hold"]])
    if outcome.facts.get("nonconformance"):
        answer["nonconformance_url"] = reverse("qms:nonconformance-detail", args=[outcome.facts["nonconformance"]])
    return answer
