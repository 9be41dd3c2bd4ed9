"""Tools: mounted at a station, counted while they work, taken off, given a new life; worn ones stop the station."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from mes.commands import hints, operator_checks, readiness
from mes.commands.readiness import CantDispatch
from mes.models import Tool, ToolMount, ToolReset, WhenDue
from mes.queries import tools
from plant import live, policies
from plant.commands import journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Equipment, Person
from plant.transactions import command


class ToolRefused(Refusal):
    """A tool that can't be mounted, taken off or renewed so."""

    code = "tool-refused"


@command
def mount(*, tool: Tool, station: Equipment, by: Person, at: datetime) -> ToolMount:
    """Mount a tool: what the station makes now is made with it, and checks after a tool change are due there."""
    policies.check(by, "tool.mount", on=station)
    found = _locked(tool)
    if not found.active:
        raise ToolRefused(_("%(tool)s is out of use. Take another one.") % {"tool": found.code})
    fits = set(found.stations.values_list("pk", flat=True))
    if fits and station.pk not in fits:
        message = _("%(tool)s does not fit at %(station)s. Take a tool of this station.")
        raise ToolRefused(message % {"tool": found.code, "station": station.code}, facts={"field": "station"})
    if found.is_over and found.when_over == WhenDue.STOP:
        message = _("%(tool)s is at the end of its life. Have it made good first, or take another one.")
        raise ToolRefused(message % {"tool": found.code}, code="tool-worn")
    here = tools.mount_of(found)
    if here is not None and here.station_id == station.pk:
        return here
    if here is not None:
        _take_off(here, found, reason=station.code, by=by, at=at)
    made = ToolMount.objects.create(tool=found, station=station, from_at=at, used_before=found.used, by=by)
    journal.record("tool.mounted", subject=found, by=by, data={"station": station.code, "used": found.used})
    operator_checks.change_tool(station=station, what=found.code, by=by, at=at)
    hints.station_changed(station.code)
    return made


@command
def take_off(*, tool: Tool, reason: str, by: Person, at: datetime) -> ToolMount:
    """Take a tool off its station, and say why."""
    found = _locked(tool)
    here = tools.mount_of(found)
    if here is None:
        raise ToolRefused(_("%(tool)s is mounted nowhere.") % {"tool": found.code})
    policies.check(by, "tool.mount", on=here.station)
    if not reason.strip():
        raise ToolRefused(_("Say in a few words why."), facts={"field": "reason"})
    return _take_off(here, found, reason=reason.strip(), by=by, at=at)


def _take_off(here: ToolMount, tool: Tool, *, reason: str, by: Person, at: datetime) -> ToolMount:
    here.to_at, here.off_by, here.reason = max(at, here.from_at), by, reason
    here.used_after = tool.used = tools.worn(here, here.to_at)
    here.save(update_fields=["to_at", "off_by", "reason", "used_after"])
    Tool.objects.filter(pk=tool.pk).update(used=tool.used, judged_at=at)
    data = {"station": here.station.code, "used": tool.used}
    journal.record("tool.taken-off", subject=tool, by=by, reason=reason, data=data)
    hints.station_changed(here.station.code)
    return here


@command
def renew(*, tool: Tool, reason: str, by: Person, at: datetime) -> ToolReset:
    """Say that a tool was reground, cleaned or renewed: its life begins anew. Only while it is mounted nowhere."""
    policies.check(by, "tool.renew")
    found = _locked(tool)
    if not reason.strip():
        raise ToolRefused(_("Say what was done to it."), facts={"field": "reason"})
    if tools.mount_of(found) is not None:
        raise ToolRefused(_("%(tool)s is mounted. Take it off first.") % {"tool": found.code})
    made = ToolReset.objects.create(tool=found, used=found.used, reason=reason.strip(), by=by, at=at)
    Tool.objects.filter(pk=found.pk).update(used=0, judged_at=at)
    journal.record("tool.renewed", subject=found, by=by, reason=reason, data={"used": found.used})
    return made


@command
def judge(*, by: Person, at: datetime) -> int:
    """Count what every mounted tool has done; tell of those that come to their end. How many that were."""
    policies.check(by, "tool.judge")
    told = 0
    for here in ToolMount.objects.filter(to_at__isnull=True).select_related("tool", "station").order_by("tool"):
        found = _locked(here.tool)
        before, found.used = (found.warns, found.is_over), tools.worn(here, at)
        Tool.objects.filter(pk=found.pk).update(used=found.used, judged_at=at)
        if (found.warns, found.is_over) != before:
            word = "tool.worn" if found.is_over else "tool.wearing"
            journal.record(word, subject=found, by=by, data={"station": here.station.code, "percent": found.percent})
            live.push("news", "tool", {"tool": found.code})
            hints.station_changed(here.station.code)
            told += 1
    return told


@readiness.register(tools.WORN_OUT)
def against(places: Sequence[Equipment], at: datetime) -> Iterator[Refusal]:
    """Stations with a tool at the end of its life that is to stop there."""
    for here in tools.mounted_at(places):
        if here.tool.is_over and here.tool.when_over == WhenDue.STOP:
            words = {"tool": here.tool.code, "place": here.station.code, "percent": here.tool.percent}
            message = _("Tool %(tool)s at %(place)s is at the end of its life (%(percent)s %%). Change it first.")
            facts = {"equipment": here.station.code, "tool": here.tool.code}
            yield CantDispatch(message % words, code="tool-worn", facts=facts)


def _locked(tool: Tool) -> Tool:
    return lock(Tool.objects.filter(pk=tool.pk))[0]
