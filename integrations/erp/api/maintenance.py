"""Work on machines: opened, begun and finished by another system; plans, and how far each is used up where."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter
from rest_framework.request import Request
from rest_framework.response import Response

from integrations.erp import floor_answers as answers
from integrations.erp import floor_examples as examples
from integrations.erp import floor_words as words
from integrations.erp.api.andon import OPEN
from integrations.erp.floor_serializers import FinishIn, MaintenanceIn
from integrations.erp.schema import BEFORE, LIMIT, described
from integrations.erp.views import Door
from mes.commands import maintenance as commands
from mes.models import MaintenanceOrder, MaintenancePlan
from mes.queries import maintenance
from plant import scoping
from plant.models import Person

EQUIPMENT = OpenApiParameter("equipment", str)


def told(number: str) -> dict[str, Any]:
    """A work order with its checklist."""
    order = maintenance.by_number(number)
    return {**words.maintenance(order), "steps": [words.step(line) for line in maintenance.steps(order)]}


def tick_off(order: MaintenanceOrder, steps: Sequence[dict[str, Any]], by: Person, at: datetime) -> None:
    """Tick off the steps that another system names by their numbers."""
    known = {line.step.position: line.step for line in maintenance.steps(order)}
    for missing in sorted({row["step"] for row in steps} - known.keys()):
        message = _("The checklist has no step %(step)s. Ask for the work order again: it names its steps.")
        raise commands.MaintenanceRefused(message % {"step": missing}, code="unknown-step")
    for row in steps:
        said = {"is_done": row["done"], "remark": row["remark"]}
        commands.tick(order=order, step=known[row["step"]], **said, by=by, at=at)


class PlansDoor(Door):
    """All plans."""

    scopes = {"GET": "maintenance:read"}

    @described(
        parameters=[LIMIT, BEFORE], ok={200: answers.MaintenancePlans}, told={"results": [examples.PLAN], "next": None}
    )
    def get(self, request: Request) -> Response:
        """Maintenance plans, and at each machine how much of the interval is used up."""
        dues = scoping.visible(maintenance.dues().order_by("equipment__code"), request.user)
        rows = MaintenancePlan.objects.select_related("equipment", "equipment_class", "parameter")
        return self.page(request, rows.prefetch_related(Prefetch("dues", dues)), words.plan)


class OrdersDoor(Door):
    """All work orders of maintenance."""

    scopes = {"GET": "maintenance:read", "POST": "maintenance:write"}

    @described(
        parameters=[OPEN, EQUIPMENT, LIMIT, BEFORE], ok={200: answers.MaintenanceOrders},
        told={"results": [examples.MAINTENANCE_LINE], "next": None}, name="maintenance_orders_list",
    )
    def get(self, request: Request) -> Response:
        """Work orders of maintenance, newest first."""
        rows, is_open = maintenance.related(), self.flag(request, "open")
        if is_open is not None:
            alive = maintenance.ALIVE
            rows = rows.filter(status__in=alive) if is_open else rows.exclude(status__in=alive)
        if code := request.query_params.get("equipment"):
            rows = rows.filter(equipment__code=code)
        return self.page(request, rows, words.maintenance)

    @described(
        takes=MaintenanceIn, ok={201: answers.MaintenanceOrderWithSteps}, sent=examples.MAINTENANCE_IN,
        told=examples.MAINTENANCE, is_post=True,
    )
    def post(self, request: Request) -> Response:
        """Open a work order for a machine; send an Idempotency-Key, for a machine may have several open."""
        fields = self.read(MaintenanceIn, request)

        def act() -> tuple[int, Any]:
            return 201, told(commands.open_order(by=request.user, at=timezone.now(), **fields).number)

        return self.once(request, act)


class OrderDoor(Door):
    """One work order by its number."""

    scopes = {"GET": "maintenance:read"}

    @described(ok={200: answers.MaintenanceOrderWithSteps}, told=examples.MAINTENANCE)
    def get(self, request: Request, number: str) -> Response:
        """The work order with its checklist, and what was found."""
        return Response(told(number))


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
