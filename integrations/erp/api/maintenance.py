"""Work on machines that another system begins and finishes; it is opened and listed as every business object."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.request import Request
from rest_framework.response import Response

from integrations.erp import floor_answers as answers
from integrations.erp import floor_examples as examples
from integrations.erp.floor_serializers import FinishIn
from integrations.erp.schema import described
from integrations.erp.views import Door
from integrations.nouns import upkeep
from mes.commands import maintenance as commands
from mes.models import MaintenanceOrder
from mes.queries import maintenance
from plant.models import Person


def told(number: str) -> dict[str, Any]:
    """A work order with its checklist."""
    return upkeep.tell_order(maintenance.by_number(number))


def tick_off(order: MaintenanceOrder, steps: Sequence[dict[str, Any]], by: Person, at: datetime) -> None:
    """Tick off the steps that another system names by their numbers."""
    known = {line.step.position: line.step for line in maintenance.steps(order)}
    for missing in sorted({row["step"] for row in steps} - known.keys()):
        message = _("The checklist has no step %(step)s. Ask for the work order again: it names its steps.")
        raise commands.MaintenanceRefused(message % {"step": missing}, code="unknown-step")
    for row in steps:
        said = {"is_done": row["done"], "remark": row["remark"]}
        commands.tick(order=order, step=known[row["step"]], **said, by=by, at=at)


class StartDoor(Door):
    """The beginning of the work."""

    scopes = {"POST": "maintenance:write"}

    @described(ok={200: answers.MaintenanceOrderWithSteps}, told=examples.STARTED, is_post=True)
    def post(self, request: Request, number: str) -> Response:
        """Begin: the machine is in maintenance and takes no work until this is finished."""

        def act() -> tuple[int, Any]:
            commands.start(order=maintenance.by_number(number), by=request.user, at=timezone.now())
            return 200, told(number)

        return self.once(request, act)


class FinishDoor(Door):
    """The end of the work."""

    scopes = {"POST": "maintenance:write"}

    @described(
        takes=FinishIn, ok={200: answers.MaintenanceOrderWithSteps}, sent=examples.FINISH_IN, told=examples.FINISHED,
        is_post=True,
    )
    def post(self, request: Request, number: str) -> Response:
        """Tick off the steps that are named, and finish: what was found. The plan's interval begins anew."""
        said = self.read(FinishIn, request)
        cause, steps, at = said.pop("kind_of_cause"), said.pop("steps"), timezone.now()

        def act() -> tuple[int, Any]:
            order = maintenance.by_number(number)
            tick_off(order, steps, request.user, at)
            commands.finish(order=order, cause=cause, **said, by=request.user, at=at)
            return 200, told(number)

        return self.once(request, act)
