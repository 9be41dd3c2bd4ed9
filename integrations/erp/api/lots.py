"""Where a lot came from and where it went."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from integrations.erp import answers, examples, words
from integrations.erp.schema import described
from integrations.erp.views import BadFilter, Door
from traceability.queries import genealogy, genealogy_seen, lots

DIRECTIONS = ("upstream", "downstream", "both")
DEEPEST = 1000


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
