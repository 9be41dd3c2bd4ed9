"""Holds: placed and released by another system, and listed."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from integrations.erp import answers, examples, words
from integrations.erp.schema import described
from integrations.erp.serializers import ReleaseIn
from integrations.erp.views import Door
from plant.errors import Refusal
from traceability.commands import holds
from traceability.models import CauseKind, Hold
from traceability.queries import spreading


class NotTheirs(Refusal):
    """A hold that a person or a decision of quality placed."""

    code = "hold-not-yours"


def check_theirs(hold: Hold) -> None:
    """Another system lets go only of what another system holds."""
    if hold.cause_kind != CauseKind.API:
        message = _("%(target)s is held by “%(cause)s”, which only quality may release. Ask the quality engineer.")
        words = {"target": hold.target_label, "cause": f"{CauseKind(hold.cause_kind).label} {hold.cause_id}"}
        raise NotTheirs(message % words, facts=holds.facts(hold))


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
