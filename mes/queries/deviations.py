"""Deviations: who must answer which, which lots they marked, and the curve beside its window."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from mes.models import Deviation, DeviationLot, DeviationStatus, Side
from plant import scoping
from plant.errors import Refusal
from plant.models import Equipment, Person
from plant.queries import alarms, reaction_steps
from plant.queries.reaction_steps import Line
from traceability.models import MaterialLot
from traceability.queries import readings

ALIVE = alarms.ALIVE
URGENCY = Case(
    When(status=DeviationStatus.OPEN, then=Value(0)), When(status=DeviationStatus.ACKNOWLEDGED, then=Value(1)),
    default=Value(2), output_field=IntegerField(),
)
AROUND = timedelta(minutes=3)
MOST_POINTS = 2000


class UnknownDeviation(Refusal):
    """A number that no deviation carries."""

    code = "unknown-deviation"


def related() -> QuerySet[Deviation]:
    return Deviation.objects.select_related(
        "stream__equipment__parent", "standard__parameter__unit", "standard__segment__work_master__material",
        "job_order", "paused_job", "owner", "nonconformance",
    )


def by_id(pk: int) -> Deviation:
    """One deviation with all that a page says of it."""
    found = related().filter(pk=pk).first()
    if found is None:
        raise UnknownDeviation(_("There is no deviation %(number)s.") % {"number": pk})
    return found


def listing() -> QuerySet[Deviation]:
    """Deviations with how pressing they are, and how many lots they marked."""
    return related().annotate(urgency=URGENCY, many_lots=Count("lots", distinct=True))


def headline(deviation: Deviation) -> str:
    """What happened, in few words."""
    words = {
        "parameter": deviation.standard.parameter.title, "value": f"{deviation.value:.6g}",
        "unit": deviation.standard.parameter.unit.symbol,
    }
    if deviation.side == Side.RAMP:
        return _("%(parameter)s changes too fast: %(value)s %(unit)s") % words
    if deviation.side == Side.LOW:
        return _("%(parameter)s too low: %(value)s %(unit)s") % words
    return _("%(parameter)s too high: %(value)s %(unit)s") % words


def unanswered(person: Person) -> list[Deviation]:
    """The deviations that wait for a person, the most pressing first."""
    rows = Deviation.objects.select_related("stream__equipment", "standard__parameter__unit")
    rows = rows.filter(alarms.waiting_for(person)).order_by("respond_by")
    return list(scoping.visible(rows, person)[:50])


def at_places(places: Iterable[Equipment]) -> list[Deviation]:
    """The deviations at these places that nobody answered, the newest first."""
    rows = related().filter(status=DeviationStatus.OPEN, stream__equipment__in=list(places))
    return list(rows.order_by("-at")[:50])


def of_lots(lots: Iterable[MaterialLot]) -> list[DeviationLot]:
    """The marks on some lots, oldest first."""
    rows = DeviationLot.objects.filter(lot__in=list(lots)).select_related(
        "lot", "deviation__stream__equipment", "deviation__standard__parameter__unit", "deviation__nonconformance"
    )
    return list(rows.order_by("deviation__at", "pk")[:100])


def steps(deviation: Deviation) -> list[Line]:
    """What its golden parameter asks for, step by step; the first that nobody took is the next."""
    plan = list(deviation.standard.steps.order_by("position"))
    return reaction_steps.lines(plan, deviation.steps.select_related("by"))


def marks(deviation: Deviation) -> list[DeviationLot]:
    """The lots that a deviation marked."""
    return list(deviation.lots.select_related("lot__material__unit").order_by("lot")[:200])


def curve(deviation: Deviation) -> dict[str, Any]:
    """What `chart.js` draws: the values around a deviation, the window, and the stretch itself."""
    standard, parameter = deviation.standard, deviation.standard.parameter
    from_at = max(deviation.last_good_at, deviation.at - AROUND) - AROUND
    until = deviation.ended_at or deviation.last_at
    points = readings.series([deviation.stream_id], from_at, until + AROUND, MOST_POINTS)
    found = points.get(deviation.stream_id, [])
    is_hourly = any(one.hourly for one in found)
    name = _("%(name)s (hourly values)") % {"name": parameter.title} if is_hourly else parameter.title
    bounds = [(_("High"), standard.high, "held"), (_("Target value"), standard.target, "done"),
              (_("Low"), standard.low, "held")]
    return {
        "title": parameter.title, "unit": parameter.unit.symbol,
        "series": [{
            "name": name,
            "points": [
                {"at": one.at.isoformat(), "value": one.value if one.good else None}
                for one in found
            ],
        }],
        "lines": [{"label": name, "value": value, "tone": tone} for name, value, tone in bounds if value is not None],
        "ranges": [{
            "from": deviation.at.isoformat(), "to": until.isoformat(), "tone": "failed",
            "label": str(Side(deviation.side).label),
        }],
    }


def counts(rows: QuerySet[Deviation], now: datetime) -> dict[str, int]:
    """How many wait, how many are late and how many run."""
    waits = Q(status=DeviationStatus.OPEN)
    return rows.aggregate(
        open=Count("pk", filter=waits), running=Count("pk", filter=Q(ended_at__isnull=True)),
        late=Count("pk", filter=waits & (Q(respond_by__lt=now) | Q(escalations__gt=0))),
    )
