"""Handover notes of a line, and what is open there when one is written."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from mes.models import HandoverNote
from mes.queries import calendars, operator_checks, stoppages
from plant.models import Equipment
from plant.queries import places
from plant.statements import kept, told
from traceability.models import Hold, TargetKind

SHOWN = 10


def shift_of(line: Equipment, at: datetime) -> datetime:
    """When the shift that goes on at a line began."""
    return calendars.shift_now(line, at).starts_at


def facts(line: Equipment) -> list[dict[str, Any]]:
    """What is open on a line now: work that stands still, machines on hold, checks that are due."""
    parts = places.within(line)
    found = [{"kind": "stop", "what": one.label, "text": kept(one.reason)} for one in stoppages.standing(line)]
    codes = [part.code for part in parts]
    holds = Hold.objects.filter(target_kind=TargetKind.EQUIPMENT, target_id__in=codes, released_at__isnull=True)
    found += [
        {"kind": "hold", "what": one.target_label, "text": kept(one.reason)}
        for one in holds.exclude(cause_kind="STOPPAGE").order_by("placed_at")
    ]
    for part in parts:
        found += [
            {"kind": "check", "what": f"{part.code} · {one.job_segment.job_order.number}", "text": one.rule.title}
            for one in operator_checks.open_at(part)
        ]
    return found


def worded(found: list[dict[str, Any]]) -> list[dict[str, str]]:
    """What was open, in the reader's language."""
    kinds = {"stop": _("stands still"), "hold": _("held"), "check": _("check due")}
    return [
        {"what": one["what"], "words": f"{kinds.get(one['kind'], '')}: {told(one['text'])}"} for one in found
    ]


def newest(line: Equipment) -> list[HandoverNote]:
    """The last notes of a line, the newest first."""
    rows = HandoverNote.objects.filter(line=line).select_related("by", "read_by", "line")
    return list(rows.order_by("-shift_at")[:SHOWN])


def unread(line: Equipment, at: datetime) -> HandoverNote | None:
    """The note of the last shift, if the present one has not acknowledged it."""
    rows = HandoverNote.objects.filter(line=line).select_related("by", "line").order_by("-shift_at")
    last = rows.filter(shift_at__lt=shift_of(line, at)).first()
    return last if last is not None and last.read_at is None else None


def of_shift(line: Equipment, at: datetime) -> HandoverNote | None:
    """The note of the shift that goes on, if it was written."""
    return HandoverNote.objects.filter(line=line, shift_at=shift_of(line, at)).select_related("by", "read_by").first()


def by_id(line: Equipment, pk: int) -> HandoverNote | None:
    """One note of a line."""
    return HandoverNote.objects.filter(line=line, pk=pk).select_related("line", "by").first()
