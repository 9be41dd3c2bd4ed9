"""Lots: received from another system, and read with their genealogy."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from integrations.erp import answers, examples, words
from integrations.erp.schema import described
from integrations.erp.serializers import LotIn
from integrations.erp.views import BadFilter, Door
from plant.queries import places
from traceability.commands import lots as receipts
from traceability.queries import genealogy, genealogy_seen, holds, lots

DIRECTIONS = ("upstream", "downstream", "both")
DEEPEST = 1000


def told(number: str) -> dict[str, Any]:
    """A lot, where it is, and what holds it."""
    lot = lots.by_number(number)
    return words.lot(lot, lots.balances(lot), holds.open_on(lot))


class LotsDoor(Door):
    """Receipts."""

    scopes = {"POST": "lots:write"}

    @described(takes=LotIn, ok={201: answers.Lot}, sent=examples.LOT_IN, told=examples.LOT, is_post=True)
    def post(self, request: Request) -> Response:
        """Take a lot into stock."""
        fields = self.read(LotIn, request)

        def act() -> tuple[int, Any]:
            lot = receipts.receive(by=request.user, at=timezone.now(), site=places.home(request.user), **fields)
            return 201, told(lot.number)

        return self.once(request, act)


class LotDoor(Door):
    """One lot or serial by its number."""

    scopes = {"GET": "lots:read"}

    @described(ok={200: answers.Lot}, told=examples.LOT)
    def get(self, request: Request, number: str) -> Response:
        """The lot, where its amounts are, and the holds that are open on it."""
        return Response(told(number))


class GenealogyDoor(Door):
    """What a lot was made of, and what was made of it."""

    scopes = {"GET": "lots:read"}

    @described(
        parameters=[OpenApiParameter("direction", enum=DIRECTIONS), OpenApiParameter("depth", int)],
        ok={200: answers.Genealogy}, told=examples.GENEALOGY,
    )
    def get(self, request: Request, number: str) -> Response:
        """The lots upstream and downstream, and what went into what."""
        direction = request.query_params.get("direction", "both")
        if direction not in DIRECTIONS:
            raise BadFilter(_("“direction” is upstream, downstream or both."), facts={"parameter": "direction"})
        depth = self.number(request, "depth", 0, DEEPEST) or None
        lot = lots.by_number(number)
        found = genealogy_seen.seen_by(genealogy.trace(lot, direction, depth), request.user)
        return Response(words.trace(found, lot.number, direction))
