"""What production knows of a machine, for its page: its state, running hours, stops, and how reliable it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Avg, F
from django.utils.translation import gettext as _

from mes import advice, oee
from mes.models import Andon, AndonAbout, MachineState, MaintenanceDue
from mes.queries import oee as reading
from plant.models import Equipment

A_DAY, MONTH = timedelta(days=1), timedelta(days=30)
RAN = """
SELECT sum(least(coalesce(to_at, %(to)s), %(to)s) - greatest(from_at, %(from)s)) FROM mes_machinestate
WHERE equipment_id = ANY(%(ids)s) AND state = 'RUNNING' AND from_at < %(to)s AND (to_at IS NULL OR to_at > %(from)s)
"""


@dataclass(frozen=True, slots=True)
class Reliability:
    """Failures of a stretch, by the definitions of OEE: mean time between them, to repair, and until somebody came."""

    failures: int
    mtbf: timedelta | None
    mttr: timedelta | None
    mtta: timedelta | None


def ran(equipment: Equipment, from_at: datetime, to_at: datetime) -> timedelta:
    """How long a machine ran between two moments, as its states say."""
    with connection.cursor() as cursor:
        cursor.execute(RAN, {"ids": [equipment.pk], "from": from_at, "to": to_at})
        return cursor.fetchone()[0] or timedelta()


def first_heard(equipment: Equipment) -> datetime | None:
    """Since when a machine tells its states."""
    rows = MachineState.objects.filter(equipment=equipment).order_by("from_at")
    return rows.values_list("from_at", flat=True).first()


def reliability(equipment: Equipment, from_at: datetime, to_at: datetime) -> Reliability:
    """How often a station failed and how long that took."""
    total = oee.total(one.oee for one in reading.measure([equipment], from_at, to_at))
    calls = Andon.objects.filter(station=equipment, kind__about=AndonAbout.MACHINE, called_at__range=(from_at, to_at))
    came = calls.aggregate(mean=Avg(F("acknowledged_at") - F("called_at")))["mean"]
    return Reliability(total.failures, total.mtbf, total.mttr, came)


def proposals(dues: Iterable[MaintenanceDue], found: Reliability, ran_a_day: timedelta) -> dict[int, str]:
    """For plans whose interval is longer than the machine holds out: a shorter one, in the plan's own unit, by plan."""
    told: dict[int, str] = {}
    for due in dues:
        plan = due.plan
        if plan.every_hours is not None:
            interval, unit = timedelta(hours=plan.every_hours), timedelta(hours=1)
        elif plan.every_days is not None and ran_a_day:
            interval, unit = plan.every_days * ran_a_day, ran_a_day
        else:
            continue
        shorter = advice.interval(interval, found.mtbf, found.failures)
        if shorter is not None:
            words = {"count": max(int(shorter / unit), 1)}
            told[plan.pk] = (_("%(count)s running hours") if plan.every_hours else _("%(count)s days")) % words
    return told


def hours(span: timedelta | None) -> str:
    """A span in hours, for people."""
    return "—" if span is None else f"{span / timedelta(hours=1):,.1f}"


def figures(equipment: Equipment, dues: Iterable[MaintenanceDue], at: datetime) -> dict[str, Any]:
    """Running hours and reliability of a machine, and what they say of its plans; nothing where it tells no states."""
    since = first_heard(equipment)
    if since is None:
        return {}
    begin = max(since, at - MONTH)
    found, ran_month = reliability(equipment, begin, at), ran(equipment, begin, at)
    days = max((at - begin) / A_DAY, 1.0)
    rows = MachineState.objects.filter(equipment=equipment).select_related("reason").order_by("-from_at")
    return {
        "since": since, "ran": hours(ran(equipment, since, at)), "ran_month": hours(ran_month),
        "ran_day": hours(ran(equipment, at - A_DAY, at)), "failures": found.failures, "mtbf": hours(found.mtbf),
        "mttr": hours(found.mttr), "mtta": hours(found.mtta), "states": list(rows[:12]),
        "proposals": proposals(dues, found, ran_month / days),
    }
