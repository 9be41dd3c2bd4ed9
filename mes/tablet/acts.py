"""The acts of a tablet beside the scan of a part: packing, loading, the stores, values; answered like a scan."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mes.commands import scans, tablet_acts
from mes.commands.scan_outcomes import ACCEPTED, REFUSED
from mes.tablet.access import device_of, signed_on
from mes.tablet.scan import as_json, read, who
from plant.errors import Refusal
from plant.models import Equipment
from plant.web.refusals import problem


@require_POST
@signed_on("station.use")
def act(request: HttpRequest, station: Equipment) -> HttpResponse:
    """Take one act. What the tablet kept while it had no network comes here too, under the same event id."""
    try:
        body = read(request)
        name, words = said(request)
        outcome = tablet_acts.accept(
            act=name, words=words, code=body["code"], station=station, event_id=body["event_id"],
            by=who(request, station, body), at=timezone.now(), quantity=body["quantity"], device=device_of(request),
            device_at=body["scanned_at"], turn=body["turn"],
        )
    except scans.TooEarly as early:
        return problem(early, 425)
    except Refusal as refusal:
        return problem(refusal)
    told = as_json(outcome, station)
    if outcome.outcome == ACCEPTED and (page := next_page(name, words, station)):
        told["form_url"] = page
    return JsonResponse(told, status=409 if outcome.outcome == REFUSED else 200)


def said(request: HttpRequest) -> tuple[str, dict[str, Any]]:
    """Which act it is, and what the page knew."""
    sent = json.loads(request.body)
    words = sent.get("words") or {}
    if not isinstance(words, dict):
        raise Refusal(_("The tablet sent something that is no scan. Scan the code again."), code="bad-input")
    return str(sent.get("act") or ""), words


def next_page(name: str, words: dict[str, Any], station: Equipment) -> str:
    """Where the page goes on after some acts."""
    if name == "close":
        return reverse("station:goods-label", args=[station.code, words["unit"]])
    if name == "inspect":
        return reverse("station:inspections", args=[station.code])
    if name == "data":
        return reverse("station:data", args=[station.code])
    return reverse("station:goods", args=[station.code]) if name == "verify" else ""
