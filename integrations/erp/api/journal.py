"""The change feed."""

from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from integrations.erp import answers, examples, words
from integrations.erp.asked import LARGEST_PAGE
from integrations.erp.schema import LIMIT, described
from integrations.erp.views import Door
from plant import scoping
from plant.queries import journal


class JournalDoor(Door):
    """Everything that happened, in an order that misses nothing."""

    scopes = {"GET": "journal:read"}

    @described(
        parameters=[OpenApiParameter("after", str, description="`next` of the last answer."), LIMIT],
        ok={200: answers.Feed}, told=examples.FEED,
    )
    def get(self, request: Request) -> Response:
        """The entries after a cursor, oldest first; come back with `next`."""
        limit = self.number(request, "limit", 100, LARGEST_PAGE)
        rows, cursor = journal.feed(request.query_params.get("after"), limit)
        return Response({"results": [words.entry(row) for row in scoping.within(rows, request.user)], "next": cursor})
