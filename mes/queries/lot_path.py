"""The way of a lot through its routing as a person sees it: what is done, passed over, open, and still ahead."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from mes import drawn_routes, ways
from mes.drawn_routes import Drawn, DrawnStage
from mes.models import JobOrder, RouteStep, StepKind
from mes.queries import lot_ways, routings, wip
from mes.queries.routings import Step
from traceability.models import MaterialLot, Visit


@dataclass(frozen=True)
class Stop:
    """An operation on the way of a lot."""

    step: Step
    state: str  # DONE, PASSED, RUNNING, OPEN, NOT_CHOSEN or AHEAD

    @property
    def box(self) -> Drawn:
        """The operation as the drawn routing shows it."""
        tone, icon, word = LOOKS[self.state]
        return Drawn(
            self.step.code, self.step.title, note=word, tone=tone, icon=icon, is_current=self.state == "RUNNING",
            is_optional=self.step.is_optional,
        )


LOOKS: dict[str, tuple[str, str, Any]] = {
    "DONE": ("done", "circle-check", ""), "PASSED": ("warning", "player-skip-forward", _("passed over")),
    "RUNNING": ("running", "player-play", ""), "OPEN": ("waiting", "arrow-right", _("open now")),
    "NOT_CHOSEN": ("", "minus", _("not chosen")), "AHEAD": ("", "clock-hour-4", ""),
}


def of_lot(lot: MaterialLot) -> list[Stop]:
    """The operations of a lot in the order in which it takes them; none for a lot that no work order makes here."""
    job = JobOrder.objects.filter(number=lot.job_order).first() if lot.job_order else None
    if job is None:
        return []
    routing, standing = routings.of_job(job), set(wip.of_lot(lot))
    way = lot_ways.of_lot(routing, lot.pk)
    places = sorted(way.place(code) for code in standing & routing.by_code.keys())
    rows = RouteStep.objects.filter(kind=StepKind.PASSED, move__lot=lot)
    passed = set(rows.values_list("move__from_place", flat=True))
    working = set(Visit.objects.filter(lot=lot, during__upper_inf=True).values_list("operation", flat=True))
    is_open = set(way.open_to(standing))

    def state(code: str) -> str:
        place = way.place(code)
        if code in working and code in standing:
            return "RUNNING"
        if code in is_open:
            return "OPEN"
        if way.closed(code):
            return "NOT_CHOSEN"
        if not places or place < places[0]:
            return "PASSED" if code in passed else "DONE"
        return "AHEAD"

    return [Stop(routing.by_code[op.code], state(op.code)) for stage in way.stages for op in way.ordered(stage)]


def drawn(stops: list[Stop]) -> list[DrawnStage]:
    """The way with its branches, the operations of a group in the turn that the lot takes."""
    return drawn_routes.drawn(ways.stages(one.step for one in stops), {one.step.code: one.box for one in stops})


def passable(stops: list[Stop]) -> list[tuple[str, str]]:
    """The operations that may be passed over now, by code and name."""
    return [(one.step.code, f"{one.step.code} {one.step.name}") for one in stops
            if one.step.is_optional and one.state == "OPEN"]
