"""What all API views share: scopes, one answer per Idempotency-Key, cursor lists."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from plant.commands import idempotency
from plant.errors import Refusal

PAGE, LARGEST_PAGE, LONGEST_KEY = 50, 200, 200


class BadFilter(Refusal):
    """A query parameter that can't be read."""

    code = "bad-filter"


class Door(APIView):
    """A view of the API. `scopes` says which scope each method needs."""

    scopes: dict[str, str] = {}

    def read(self, serializer: type[Serializer], request: Request) -> dict[str, Any]:
        """The validated body, in our words."""
        words = serializer(data=request.data)
        words.is_valid(raise_exception=True)
        return words.validated_data

    def once(self, request: Request, act: Callable[[], tuple[int, Any]]) -> Response:
        """Do the act once for each Idempotency-Key of this caller; without a key, do it each time."""
        key = request.headers.get("Idempotency-Key", "")
        if not key:
            status, answer = act()
            return Response(answer, status=status)
        if len(key) > LONGEST_KEY:
            raise BadFilter(_("The Idempotency-Key has more than 200 characters. Send a UUID."))
        told = idempotency.once(
            client=request.auth.prefix, key=key, request=[request.method, request.path, request.data], act=act
        )
        headers = {"Idempotent-Replayed": "true"} if told.replayed else None
        return Response(told.body, status=told.status, headers=headers)

    def page(self, request: Request, rows: QuerySet, serializer: Callable[[Any], Any]) -> Response:
        """One page, newest first, and the cursor of the next."""
        limit = self.number(request, "limit", PAGE, LARGEST_PAGE)
        if before := self.number(request, "before", 0, 2**62):
            rows = rows.filter(pk__lt=before)
        found = list(rows.order_by("-pk")[: limit + 1])
        more = found[limit - 1].pk if len(found) > limit else None
        return Response({"results": [serializer(row) for row in found[:limit]], "next": more})

    def number(self, request: Request, name: str, default: int, largest: int) -> int:
        """A whole number from the query."""
        text = request.query_params.get(name, str(default))
        if not (text.isascii() and text.isdigit() and len(text) < 20):
            raise BadFilter(_("“%(name)s” must be a whole number.") % {"name": name}, facts={"parameter": name})
        return min(int(text), largest)
