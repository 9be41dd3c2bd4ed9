"""Holds: placed and released by another system, and listed."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from integrations.erp import answers, examples, words
from integrations.erp.schema import BEFORE, LIMIT, described
from integrations.erp.serializers import HoldIn, ReleaseIn
from integrations.erp.views import Door
from mes.models import JobOrder
from plant.errors import Refusal
from plant.queries import places
from traceability.commands import holds
from traceability.gate import Cause, Target
from traceability.models import CauseKind, Hold
from traceability.queries import lots, spreading


def target_of(fields: dict[str, Any]) -> Target:
    """What the caller named."""
    if "lot" in fields:
        return Target.lot(lots.by_number(fields["lot"]))
    if "equipment" in fields:
        return Target.equipment(fields["equipment"], places.site_of(fields["equipment"]))
    job = get_object_or_404(JobOrder.objects.select_related("site"), number=fields["job_order"])
    return Target.job_order(job.number, job.site)


class NotTheirs(Refusal):
    """A hold that a person or a decision of quality placed."""

    code = "hold-not-yours"


def check_theirs(hold: Hold) -> None:
    """Another system lets go only of what another system holds."""
    if hold.cause_kind != CauseKind.API:
        message = _("%(target)s is held by “%(cause)s”, which only quality may release. Ask the quality engineer.")
        words = {"target": hold.target_label, "cause": f"{CauseKind(hold.cause_kind).label} {hold.cause_id}"}
        raise NotTheirs(message % words, facts=holds.facts(hold))


class HoldsDoor(Door):
    """All holds."""

    scopes = {"GET": "holds:read", "POST": "holds:write"}

    @described(
        parameters=[OpenApiParameter("open", bool), LIMIT, BEFORE], ok={200: answers.Holds},
        told={"results": [examples.HOLD], "next": None},
    )
    def get(self, request: Request) -> Response:
        """Holds, newest first; with open=true only those that stand."""
        rows = Hold.objects.select_related("placed_by")
        is_open = self.flag(request, "open")
        if is_open is not None:
            rows = rows.filter(released_at__isnull=is_open)
        return self.page(request, rows, words.hold)

    @described(takes=HoldIn, ok={201: answers.Hold}, sent=examples.HOLD_IN, told=examples.HOLD, is_post=True)
    def post(self, request: Request) -> Response:
        """Stop a lot (and what was made of it), a piece of equipment or a work order."""
        fields = self.read(HoldIn, request)

        def act() -> tuple[int, Any]:
            name = f"{request.auth.prefix} {fields['reference']}".strip()
            cause = Cause(CauseKind.API, name)
            hold = holds.place(
                target=target_of(fields), cause=cause, reason=fields["reason"], by=request.user, at=timezone.now()
            )
            return 201, words.hold(hold)

        return self.once(request, act)


class ReleaseDoor(Door):
    """The release of one hold."""

    scopes = {"POST": "holds:write"}

    @described(
        takes=ReleaseIn, ok={200: answers.Released}, sent=examples.RELEASE_IN, told=examples.RELEASED, is_post=True
    )
    def post(self, request: Request, pk: int) -> Response:
        """Let go of a hold that a key placed, and of what it spread to; what quality holds, quality disposes of."""
        reason = self.read(ReleaseIn, request)["reason"]
        hold = get_object_or_404(Hold.objects.select_related("placed_by"), pk=pk)

        def act() -> tuple[int, Any]:
            check_theirs(hold)
            released = holds.release(hold=hold, reason=reason, by=request.user, at=timezone.now())
            along = [words.spread(one) for one in spreading.gone(released)]
            return 200, {**words.hold(released), "released_with": along}

        return self.once(request, act)
