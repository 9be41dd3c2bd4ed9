"""What all API views share: scopes, one answer per Idempotency-Key, cursor lists."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import NotFound
from rest_framework.negotiation import BaseContentNegotiation, DefaultContentNegotiation
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from integrations import bodies
from integrations.erp.asked import BadFilter
from plant.commands import idempotency
from plant.errors import Refusal
from plant.transactions import command

LONGEST_KEY = 200


class AlwaysJson(BaseContentNegotiation):
    """There is only JSON here, whatever the caller would rather have."""

    def select_parser(self, request: Request, parsers: list[Any]) -> Any:
        """The parser for what was sent, if there is one."""
        return DefaultContentNegotiation().select_parser(request, parsers)

    def select_renderer(self, request: Request, renderers: list[Any], format_suffix: str | None = None) -> Any:
        """JSON."""
        return renderers[0], renderers[0].media_type


class BadKey(Refusal):
    """An Idempotency-Key that can't be kept."""

    code = "bad-key"


def check_key(key: str) -> None:
    """A key is short and printable."""
    if len(key) > LONGEST_KEY or not (key.isascii() and key.isprintable()):
        raise BadKey(_("The Idempotency-Key is not 1 to 200 printable ASCII characters. Send a UUID."))


class Door(APIView):
    """A view of the API. `scopes` says which scope each method needs."""

    scopes: dict[str, str] = {}
    http_method_names = ["get", "post", "put"]
    parser_classes = [bodies.Json]
    content_negotiation_class = AlwaysJson

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """After the key was checked: an address with NUL leads nowhere, and no parameter has one."""
        super().initial(request, *args, **kwargs)
        if any("\0" in str(part) for part in kwargs.values()):
            raise NotFound(_("There is nothing with this code or number."))
        for name in request.query_params:
            if any("\0" in said for said in request.query_params.getlist(name)):
                message = _("“%(name)s” has a character that no value here has. Take the NUL out.")
                raise BadFilter(message % {"name": name}, facts={"parameter": name})

    def read(self, serializer: type[Serializer], request: Request) -> dict[str, Any]:
        """The validated body, in our words."""
        words = serializer(data=request.data)
        words.is_valid(raise_exception=True)
        return words.validated_data

    def once(self, request: Request, act: Callable[[], tuple[int, Any]]) -> Response:
        """Do the act once for each Idempotency-Key of this caller; without a key, do it each time."""
        key = request.headers.get("Idempotency-Key", "")
        if not key:
            status, answer = command(act)()
            return Response(answer, status=status)
        check_key(key)
        told = idempotency.once(
            client=request.auth.prefix, key=key, request=[request.method, request.path, request.data], act=act
        )
        headers = {"Idempotent-Replayed": "true"} if told.replayed else None
        return Response(told.body, status=told.status, headers=headers)

    def flag(self, request: Request, name: str) -> bool | None:
        """Yes or no from the query; nothing where the caller leaves it open."""
        text = request.query_params.get(name, "").lower()
        if text not in {"", "true", "1", "false", "0"}:
            raise BadFilter(_("“%(name)s” is true or false.") % {"name": name}, facts={"parameter": name})
        return text in {"true", "1"} if text else None

    def number(self, request: Request, name: str, default: int, largest: int) -> int:
        """A whole number from the query."""
        text = request.query_params.get(name, str(default))
        if not (text.isascii() and text.isdigit() and len(text) < 20):
            raise BadFilter(_("“%(name)s” must be a whole number.") % {"name": name}, facts={"parameter": name})
        if int(text) == 0 and name == "limit":
            raise BadFilter(_("“%(name)s” must be above zero.") % {"name": name}, facts={"parameter": name})
        return min(int(text), largest)
