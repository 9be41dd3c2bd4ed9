"""Scans from other systems: a plain view, because it is asked fifty times a second."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from rest_framework.exceptions import AuthenticationFailed, PermissionDenied

from integrations import bodies
from integrations.erp import answers, authentication, examples, problems
from integrations.erp.fields import is_plain
from integrations.erp.schema import described
from integrations.erp.serializers import ScanIn
from integrations.erp.views import Door, check_key
from mes.commands import scans
from mes.commands.scan_outcomes import REFUSED, ScanOutcome
from mes.queries import stations
from plant.commands import idempotency
from plant.errors import Refusal
from plant.fresh import Fresh
from plant.models import Equipment
from traceability.commands.moves import positive

SCOPE = "scans:write"
LONGEST = 4096
FACTS = {"hold": None, "nonconformance": None}
_stations: Fresh[Equipment] = Fresh(seconds=1)


class BadScan(Refusal):
    """A request that is no scan."""

    code = "bad-scan"


@csrf_exempt
def accept(request: HttpRequest) -> JsonResponse:
    """POST {station, code, event_id, job_order?, quantity?}: 200 accepted or attention, 409 refused."""
    if request.method != "POST":
        return problem(405, _("Send a POST."), "method-not-allowed")
    try:
        caller = authentication.caller(request)
    except AuthenticationFailed as error:
        return problem(401, error.detail, "authentication-failed")
    except PermissionDenied as error:
        return problem(403, error.detail, "forbidden")
    if caller is None:
        return problem(401, _("Send “Authorization: Api-Key …”."), "not-authenticated")
    if SCOPE not in caller.key.scopes:
        return problem(403, _("This key has no scope “scans:write”."), "forbidden")
    try:
        return once(request, caller)
    except Refusal as refusal:
        return problems.respond(problems.of_refusal(refusal, {**FACTS, "outcome": REFUSED}))


def once(request: HttpRequest, caller: authentication.Caller) -> JsonResponse:
    """One scan for each event id, and for each Idempotency-Key when that is another one."""
    if request.content_type != "application/json":
        return problem(415, _("Send application/json."), "unsupported-media-type")
    words = body(request)
    key = request.headers.get("Idempotency-Key", "")
    words.setdefault("event_id", key)
    if not key or key == words["event_id"]:
        return respond(*told(scan(words, caller)))
    check_key(key)
    asked = [request.method, request.path, words]
    answer = idempotency.once(client=caller.key.prefix, key=key, request=asked, act=lambda: told(scan(words, caller)))
    return respond(answer.status, answer.body)


def scan(words: dict[str, Any], caller: authentication.Caller) -> ScanOutcome:
    """The caller's words as one call."""
    station = said(words, "station", 80)
    return scans.accept(
        code=said(words, "code", LONGEST), station=_stations.get(station, lambda: stations.found(station)),
        event_id=said(words, "event_id", 80), job_order=said(words, "job_order", 80, optional=True),
        quantity=quantity(words.get("quantity")), device=f"api:{caller.key.prefix}", by=caller.person,
        at=timezone.now(),
    )


def body(request: HttpRequest) -> dict[str, Any]:
    """The JSON object that was sent."""
    bodies.check_size(int(request.META.get("CONTENT_LENGTH") or 0))
    words = bodies.parse(request.body)
    if not isinstance(words, dict):
        raise BadScan(_("The body is not an object. Send station, code and event_id."))
    return words


def said(words: dict[str, Any], name: str, longest: int, *, optional: bool = False) -> str:
    """A text of the body; one that must be there is not empty."""
    value = words.get(name)
    if optional and value is None:
        return ""
    if not isinstance(value, str) or not (value or optional):
        raise BadScan(_("“%(name)s” is missing or no text.") % {"name": name}, facts={"field": name})
    if len(value) > longest:
        raise BadScan(_("“%(name)s” is too long.") % {"name": name}, facts={"field": name})
    return value


def quantity(value: Any) -> Decimal | None:
    """A quantity that was sent as text or number; anything but a plain finite number is refused."""
    if value is None:
        return None
    try:
        number = Decimal(str(value)) if is_plain(value) else Decimal("NaN")
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise BadScan(_("The quantity is not a number. Send digits with a point."), facts={"field": "quantity"})
    return positive(number)


def told(outcome: ScanOutcome) -> tuple[int, dict[str, Any]]:
    """Accepted and attention are 200; refused is a problem with the same members."""
    answer = {
        "outcome": outcome.outcome, "message": str(outcome.message), "kind": outcome.kind, "lot": outcome.lot,
        "next": str(outcome.next), "replayed": outcome.replayed, **outcome.facts,
    }
    if outcome.outcome != REFUSED:
        return 200, answer
    code = outcome.code or "refused"
    status = 422 if code in problems.UNFIT else 409
    return status, {**FACTS, **answer, **problems.body(status, _("Refused"), outcome.message, code)}


def respond(status: int, answer: dict[str, Any]) -> JsonResponse:
    """An answer, or a problem."""
    kind = "application/json" if status == 200 else problems.CONTENT_TYPE
    return JsonResponse(answer, status=status, content_type=kind)


def problem(status: int, detail: Any, code: str) -> JsonResponse:
    """A problem before there was a scan."""
    return problems.respond(problems.body(status, _("Refused"), detail, code, {**FACTS, "outcome": REFUSED}))


class ScanWords(Door):
    """What a scan sends and is answered; only the documentation looks here."""

    @described(
        takes=ScanIn, ok={200: answers.Scan}, sent=examples.SCAN_IN, told=examples.SCAN, is_post=True,
        refused=answers.Refused,
    )
    def post(self, request: HttpRequest) -> JsonResponse:
        """Scan a lot, serial or work order at a station. Refused scans change nothing; an event id applies once."""
        return accept(request)


accept.cls, accept.initkwargs = ScanWords, {}  # where the framework's inspector looks
