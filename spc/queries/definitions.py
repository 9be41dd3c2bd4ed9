"""Chart definitions: which combinations of their keys have turned up, and which of their charts are behind them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from plant.errors import Refusal
from plant.models import Equipment
from plant.queries import places
from qms.models import ControlPlanLine
from qms.queries import plans
from spc import rulebook
from spc.models import ChartDefinition, ControlChart, Sampling
from traceability.models import Stream, Visit

RAN_LATELY = timedelta(days=30)  # a product that stood at a machine since then runs there
FIELDS = ("rules", "settings", "sampling", "every_seconds")
OF_SAMPLES = ("sampling", "every_seconds")  # what frozen limits rest on


class UnknownDefinition(Refusal):
    """A code that no definition carries."""

    code = "unknown-definition"


class Combination(NamedTuple):
    """A chart that there shall be: its key, what it reads, and what it watches it for."""

    key: str
    stream: Stream
    line: ControlPlanLine


class Change(NamedTuple):
    """What would be another way on a chart: the field, its words before and after."""

    field: str
    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Offer:
    """A chart that is behind its definition: what would change, and what stays because frozen limits rest on it."""

    chart: ControlChart
    changes: list[Change]
    stays: list[Change]
    line: ControlPlanLine | None


def related() -> QuerySet[ChartDefinition]:
    """Every definition with what a list says of it."""
    rows = ChartDefinition.objects.select_related("parameter__unit", "equipment")
    return rows.annotate(made=Count("charts", filter=Q(charts__active=True)))


def by_code(code: str) -> ChartDefinition:
    """The definition with this code."""
    found = related().filter(code=code).first()
    if found is None:
        raise UnknownDefinition(_("There is no chart definition “%(code)s”.") % {"code": code[:80]})
    return found


def charts_of(definition: ChartDefinition) -> QuerySet[ControlChart]:
    """The charts that a definition made."""
    rows = definition.charts.select_related("stream__equipment", "line__plan__material", "line__characteristic")
    return rows.order_by("code")


def combinations(definition: ChartDefinition, at: datetime) -> list[Combination]:
    """Every combination of the definition's keys that has turned up: a stream with readings, a line in effect."""
    inside = [one.pk for one in places.within(definition.equipment)]
    streams = Stream.objects.filter(
        parameter=definition.parameter_id, active=True, last_at__isnull=False, equipment__in=inside
    ).select_related("equipment").order_by("code")
    lines = list(plans.charted_lines().filter(
        characteristic__parameter=definition.parameter_id, plan__effective__contains=at
    ).select_related("plan__material", "characteristic").order_by("plan__code", "operation", "pk"))
    by_product = "product" in definition.keys
    ran = _ran(streams, at) if by_product else {}
    found: dict[str, Combination] = {}
    for stream in streams:
        for line in lines:
            if not by_product or line.plan.material_id in ran[stream.pk]:
                key = key_of(definition.keys, stream, line)
                found.setdefault(key, Combination(key, stream, line))
    return list(found.values())


def key_of(keys: Iterable[str], stream: Stream, line: ControlPlanLine) -> str:
    """What tells a combination from the others of its definition."""
    parts = {
        "product": line.plan.material.code, "operation": line.operation, "characteristic": line.characteristic.code,
    }
    return "|".join([stream.code, *(parts[key] for key in parts if key in keys)])


def _ran(streams: Iterable[Stream], at: datetime) -> dict[int, set[int]]:
    """The products whose lots stood lately at the equipment of each stream, or at a part of it."""
    parts = {stream.pk: {one.pk for one in places.within(stream.equipment)} for stream in streams}
    every = set().union(*parts.values()) if parts else set()
    rows = Visit.objects.filter(equipment__in=every, during__endswith__gt=at - RAN_LATELY)
    here = Visit.objects.filter(equipment__in=every, during__upper_inf=True)
    at_place: dict[int, set[int]] = defaultdict(set)
    for pairs in (rows, here):
        for place, material in pairs.order_by().values_list("equipment_id", "lot__material_id").distinct():
            at_place[place].add(material)
    return {stream: set().union(*(at_place[one] for one in inside)) for stream, inside in parts.items()}


def offers(definition: ChartDefinition, at: datetime) -> list[Offer]:
    """The charts that are behind their definition, or behind the control plan in effect."""
    wanted = {one.key: one.line for one in combinations(definition, at)}
    found = []
    for chart in charts_of(definition).filter(active=True).prefetch_related("limit_sets"):
        line = wanted.get(chart.definition_key, chart.line)
        changed = [_change(name, chart, definition) for name in FIELDS if differs(name, chart, definition)]
        held = [one for one in changed if one.field in OF_SAMPLES] if chart.limit_sets.all() else []
        free = [one for one in changed if one not in held]
        if line.pk != chart.line_id:
            free.append(Change("line", _("Control plan line"), str(chart.line.plan), str(line.plan)))
        if changed or free:
            found.append(Offer(chart, free, held, line if line.pk != chart.line_id else None))
    return found


def differs(name: str, chart: ControlChart, definition: ChartDefinition) -> bool:
    """Whether a chart has another value than its definition."""
    return bool(getattr(chart, name) != getattr(definition, name))


def _change(name: str, chart: ControlChart, definition: ChartDefinition) -> Change:
    names = {
        "rules": _("Rules"), "settings": _("Settings for the next limits"), "sampling": _("Taking samples"),
        "every_seconds": _("Interval in seconds"),
    }
    return Change(name, names[name], told(name, getattr(chart, name)), told(name, getattr(definition, name)))


def told(name: str, value: Any) -> str:
    """A value of a chart in words."""
    if name == "rules":
        return "; ".join(rulebook.headline((rule,), rule.id) for rule in rulebook.parse(value)) or "—"
    if name == "settings":
        return ", ".join(f"{key} = {one}" for key, one in value.items()) or "—"
    return str(Sampling(value).label) if name == "sampling" else str(value or "—")


def everywhere() -> QuerySet[Equipment]:
    """The places for which charts can be defined."""
    return Equipment.objects.filter(active=True).order_by("code")
