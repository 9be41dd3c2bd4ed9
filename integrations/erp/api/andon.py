"""Andon calls: made, answered and settled by another system, and listed."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from integrations.erp import floor_answers as answers
from integrations.erp import floor_examples as examples
from integrations.erp import floor_words as words
from integrations.erp.floor_serializers import AndonIn, SettleIn
from integrations.erp.schema import BEFORE, LIMIT, described
from integrations.erp.views import Door
from mes.commands import andon as commands
from mes.queries import andon

OPEN = OpenApiParameter("open", bool, description="true: only those that are not settled; false: only those that are.")
STATION = OpenApiParameter("station", str)


def told(pk: int) -> dict[str, Any]:
    """A call as it stands."""
    return words.andon(andon.by_id(pk))


class CallsDoor(Door):
    """All calls."""

    scopes = {"GET": "andon:read", "POST": "andon:write"}

    @described(
        parameters=[OPEN, STATION, LIMIT, BEFORE], ok={200: answers.Calls},
        told={"results": [examples.ANDON], "next": None}, name="andon_calls_list",
    )
    def get(self, request: Request) -> Response:
        """Calls for help, newest first."""
        rows = andon.related().select_related("cause_kind").prefetch_related("maintenance_orders")
        is_open = self.flag(request, "open")
        if is_open is not None:
            rows = rows.filter(status__in=andon.ALIVE) if is_open else rows.exclude(status__in=andon.ALIVE)
        if code := request.query_params.get("station"):
            rows = rows.filter(station__code=code)
        return self.page(request, rows, words.andon)

    @described(takes=AndonIn, ok={201: answers.Andon}, sent=examples.ANDON_IN, told=examples.ANDON, is_post=True)
    def post(self, request: Request) -> Response:
        """Call for help; while a call of this kind is alive at the station, that one is answered."""
        fields = self.read(AndonIn, request)

        def act() -> tuple[int, Any]:
            return 201, told(commands.call(by=request.user, at=timezone.now(), **fields).pk)

        return self.once(request, act)


class CallDoor(Door):
    """One call by its number."""

    scopes = {"GET": "andon:read"}

    @described(ok={200: answers.Andon}, told=examples.ANDON)
    def get(self, request: Request, pk: int) -> Response:
        """The call, who is there, and what it was."""
        return Response(told(pk))


class AcknowledgeDoor(Door):
    """Somebody is there."""

    scopes = {"POST": "andon:write"}

    @described(ok={200: answers.Andon}, told=examples.ANSWERED, is_post=True)
    def post(self, request: Request, pk: int) -> Response:
        """Answer a call: from here on the time to settle it counts."""

        def act() -> tuple[int, Any]:
            commands.acknowledge(andon=andon.by_id(pk), by=request.user, at=timezone.now())
            return 200, told(pk)

        return self.once(request, act)


class SettleDoor(Door):
    """The end of a call."""

    scopes = {"POST": "andon:write"}

    @described(takes=SettleIn, ok={200: answers.Andon}, sent=examples.SETTLE_IN, told=examples.SETTLED, is_post=True)
    def post(self, request: Request, pk: int) -> Response:
        """Settle a call that was answered: what it was and what was done; its machine may work again."""
        said = self.read(SettleIn, request)
        kind = said.pop("kind_of_cause")

        def act() -> tuple[int, Any]:
            commands.close(andon=andon.by_id(pk), kind=kind, **said, by=request.user, at=timezone.now())
            return 200, told(pk)

        return self.once(request, act)
