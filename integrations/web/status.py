"""How controllers are doing, ready for the page."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from integrations.models import Access, Plc, PlcHealth, PlcState, PlcTag, SourceKind
from plant import scoping
from plant.models import Person
from spc.rulebook import places
from traceability.models import Quality
from traceability.queries import readings
from traceability.queries.readings import Point

SILENCE = timedelta(seconds=15)
LOOKS: dict[str, tuple[str, str]] = {
    PlcState.ONLINE: ("done", "plug-connected"),
    PlcState.SILENT: ("failed", "plug-connected-x"),
    PlcState.STUCK: ("failed", "heart-broken"),
    PlcState.MISMATCH: ("failed", "map-off"),
    PlcState.UNKNOWN: ("unknown", "help-circle"),
}
ADVICE: dict[str, Any] = {
    PlcState.SILENT: _("Check the controller's power, its cable and its address. Polling goes on by itself."),
    PlcState.STUCK: _("The controller answers, but its program stands still. Ask maintenance to look at it."),
    PlcState.MISMATCH: _("The controller has another register map than this plant. Its values are not believed."),
    PlcState.UNKNOWN: _("Start the poller, or switch polling on in the console."),
}
QUALITIES: dict[int, str] = {
    Quality.GOOD: "done", Quality.UNCERTAIN: "warning", Quality.STALE: "warning", Quality.OUT_OF_RANGE: "warning",
    Quality.BAD: "failed",
}  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """One controller with its state as a person should read it."""

    plc: Plc
    health: PlcHealth | None
    label: Any
    tone: str
    icon: str
    advice: Any
    is_fine: bool


@dataclass(frozen=True)
class Value:
    """A register with the latest that is known of it."""

    tag: PlcTag
    point: Point | None
    word: Any
    tone: str
    unit: str
    places: int | None = None


def standings(person: Person, at: datetime) -> list[Standing]:
    """The controllers of a person's machines, in one statement."""
    rows = scoping.visible(Plc.objects.select_related("equipment", "health", "access"), person)
    return [standing(plc, at) for plc in rows]


def standing(plc: Plc, at: datetime) -> Standing:
    """A controller's state; one that the poller stopped writing about is not called online."""
    health = getattr(plc, "health", None)
    if not plc.enabled:
        return Standing(plc, health, _("Not polled"), "unknown", "player-stop", "", True)
    if plc.kind == SourceKind.PUSH:
        return pushing(plc, health, at)
    if health is not None and at - health.updated_at > SILENCE:
        advice = _("The poller has not reported for a while. Check that the poller process runs.")
        return Standing(plc, health, _("No word from the poller"), "warning", "clock-pause", advice, False)
    state = PlcState(health.state if health else PlcState.UNKNOWN)
    tone, icon = LOOKS[state]
    return Standing(plc, health, state.label, tone, icon, ADVICE.get(state, ""), state == PlcState.ONLINE)


def pushing(plc: Plc, health: PlcHealth | None, at: datetime) -> Standing:
    """The state of a source that pushes: how long it may be quiet is said in its settings."""
    access: Access | None = getattr(plc, "access", None)
    patience = access.silent_s if access else 0
    if health is None or health.last_ok_at is None:
        advice = _("Nothing was pushed yet. Give the device an API key with the scope readings:write.")
        return Standing(plc, health, _("Waiting for the first"), "unknown", "clock-pause", advice, False)
    is_quiet = bool(patience) and (at - health.last_ok_at).total_seconds() > patience
    state = PlcState.SILENT if is_quiet else PlcState.ONLINE
    tone, icon = LOOKS[state]
    advice = _("The device pushed nothing for a while. Check its power, its network and its key.") if is_quiet else ""
    return Standing(plc, health, state.label, tone, icon, advice, not is_quiet)


def values(plc: Plc) -> list[Value]:
    """The registers of a controller in the order of its map, with their latest values."""
    rows = plc.tags.select_related("stream__parameter__unit", "conditioning")
    tags = list(rows.order_by("address", "bit", "path", "field", "name"))
    newest = readings.latest([tag.stream_id for tag in tags if tag.stream_id])
    return [value(tag, newest.get(tag.stream_id or 0)) for tag in tags]


def latest(tag: PlcTag) -> Value:
    """One register with its latest value."""
    return value(tag, readings.latest([tag.stream_id]).get(tag.stream_id) if tag.stream_id else None)


def value(tag: PlcTag, point: Point | None) -> Value:
    """One register; without a stream nothing of it is kept."""
    unit = tag.stream.parameter.unit.symbol if tag.stream and tag.stream.parameter.unit else ""
    if tag.stream_id is None:
        return Value(tag, None, "", "unknown", unit)
    if point is None:
        return Value(tag, None, _("No reading today"), "unknown", unit)
    word, tone = Quality(point.quality).label, QUALITIES.get(point.quality, "unknown")
    return Value(tag, point, word, tone, unit, places(tag.stream.parameter.resolution))
