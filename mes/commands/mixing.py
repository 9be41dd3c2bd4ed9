"""May this lie beside that? The rule of the material says so, and what breaks it is an alarm."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from mes.amounts import plain
from mes.queries import units
from plant.errors import Refusal
from traceability.models import HandlingUnit, MaterialLot, Mixing, UnitKind
from traceability.queries import packing


class MixedUp(Refusal):
    """Something that may not lie with what is packed already."""

    code = "mixed"


class Full(Refusal):
    """A carton or pallet that holds no more."""

    code = "unit-full"


def check(unit: HandlingUnit, coming: Sequence[MaterialLot]) -> None:
    """Refuse lots that may not lie together or beside what lies there, by the strictest of their rules."""
    lots = [*(row.lot for row in packing.lying([unit])), *coming]
    mixing = strictest(lots, unit.kind)
    if mixing == Mixing.ANYTHING:
        return
    one = next((lot for lot in coming if lot.material_id != lots[0].material_id), None)
    if one is not None:
        message = _("%(unit)s holds %(first)s; %(lot)s is %(material)s and may not lie with it. Use another carton.")
        words = {"first": lots[0].material.code, "lot": one.number, "material": one.material.code}
        raise refused(message, unit, words, "mixed-material")
    if mixing == Mixing.ONE_LOT:
        _same(unit, lots, units.batches(lots), _(
            "%(unit)s holds lot %(first)s; %(lot)s is another lot, and only one may lie in it. Use another carton."
        ), "mixed-lot")
    if mixing in (Mixing.ONE_LOT, Mixing.ONE_REVISION):
        _same(unit, lots, units.revisions(lots), _(
            "%(unit)s holds %(first)s of another revision than %(lot)s. Only one revision may lie in it."
        ), "mixed-revision")


def strictest(lots: Sequence[MaterialLot], kind: str) -> str:
    """What may lie together by all rules that speak; a material without a rule lies alone, lot by lot."""
    order = list(Mixing.values)
    found = [packing.rule(material, kind) for material in {lot.material for lot in lots}]
    return min((rule.mixing if rule else Mixing.ONE_LOT.value for rule in found), key=order.index)


def _same(unit: HandlingUnit, lots: Sequence[MaterialLot], marks: dict[int, str], message: Any, code: str) -> None:
    other = next((lot for lot in lots if marks[lot.pk] != marks[lots[0].pk]), None)
    if other is not None:
        raise refused(message, unit, {"first": lots[0].number, "lot": other.number}, code)


def refused(message: Any, unit: HandlingUnit, words: dict[str, str], code: str) -> MixedUp:
    """The alarm with what it is about."""
    return MixedUp(message % {"unit": unit.number, **words}, code=code, facts={"unit": unit.number, **words})


def check_room(unit: HandlingUnit, lot: MaterialLot, coming: Decimal) -> None:
    """Refuse what no longer fits, by the rule of the material."""
    rule = packing.rule(lot.material, unit.kind)
    there = packing.filled(unit)
    if rule is None or there + coming <= rule.capacity:
        return
    words = {"unit": unit.number, "left": plain(max(rule.capacity - there, Decimal(0))), "coming": plain(coming)}
    message = _("%(unit)s has room for %(left)s more, not %(coming)s. Close it and open the next one.")
    if unit.kind == UnitKind.PALLET:
        message = _("Pallet %(unit)s is full. Close it and open the next one.")
    raise Full(message % words, facts=words)
