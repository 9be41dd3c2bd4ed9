"""Andon calls that another system answers and settles; they are made and listed as every business object."""

from typing import Any

from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from integrations.erp import floor_answers as answers
from integrations.erp import floor_examples as examples
from integrations.erp import floor_words as words
from integrations.erp.floor_serializers import SettleIn
from integrations.erp.schema import described
from integrations.erp.views import Door
from mes.commands import andon as commands
from mes.queries import andon


def told(pk: int) -> dict[str, Any]:
    """A call as it stands."""
    return words.andon(andon.by_id(pk))


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
