"""The ways that lots take through their routing, with the turns that they have taken."""

from collections.abc import Iterable

from mes.models import LotWay
from mes.queries.routings import Routing
from mes.ways import Way


def of_lot(routing: Routing, lot: int) -> Way:
    """The way of one lot; a routing without groups has one way for all, and asks nobody."""
    return of_lots(routing, [lot])[lot]


def of_lots(routing: Routing, lots: Iterable[int]) -> dict[int, Way]:
    """The ways of some lots, in one statement."""
    wanted = list(lots)
    turns: dict[int, dict[str, list[str]]] = {}
    if routing.branches:
        for lot, group, found in LotWay.objects.filter(lot__in=wanted).values_list("lot", "group", "turns"):
            turns.setdefault(lot, {})[group] = found
    return {lot: Way(routing.stages, turns.get(lot, {})) for lot in wanted}
