"""Andon calls: who must come to which, what stands still for one, and how long people took."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Avg, Case, Count, F, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from mes.models import Andon, AndonKind, AndonStatus
from plant import scoping
from plant.errors import Refusal
from plant.models import Equipment, Person
from plant.queries import alarms

ALIVE = alarms.ALIVE
LATELY = timedelta(days=7)
URGENCY = Case(
    When(status=AndonStatus.OPEN, then=Value(0)), When(status=AndonStatus.ACKNOWLEDGED, then=Value(1)),
    default=Value(2), output_field=IntegerField(),
)


class UnknownCall(Refusal):
    """A number or code that no call, or no button, carries."""

    code = "unknown-andon"


@dataclass(frozen=True)
class Pace:
    """How many calls wait, how many too long, and the mean times of the last days; none where nobody called."""

    open: int
    late: int
    to_answer: timedelta | None
    to_settle: timedelta | None

    @property
    def answer(self) -> str:
        return minutes(self.to_answer) or "—"

    @property
    def settle(self) -> str:
        return minutes(self.to_settle) or "—"


def related() -> QuerySet[Andon]:
    return Andon.objects.select_related("station__parent", "kind", "job_order", "owner", "called_by", "acknowledged_by")


def by_id(pk: int) -> Andon:
    """One call with all that a page says of it."""
    found = related().filter(pk=pk).first()
    if found is None:
        raise UnknownCall(_("There is no andon call %(number)s.") % {"number": pk})
    return found


def at_station(station: Equipment, pk: int) -> Andon:
    """A call of this station, or a refusal."""
    found = by_id(pk)
    if found.station_id != station.pk:
        raise UnknownCall(_("Andon call %(number)s is of another station.") % {"number": pk})
    return found


def listing() -> QuerySet[Andon]:
    """Calls with how pressing they are, and how long they took."""
    return related().annotate(
        urgency=URGENCY, to_answer=F("acknowledged_at") - F("called_at"), to_settle=F("closed_at") - F("called_at")
    )


def buttons() -> list[AndonKind]:
    """What a station may call for, in the order of its buttons."""
    return list(AndonKind.objects.filter(active=True))


def button(code: str) -> AndonKind:
    """The button of a code, or a refusal."""
    found = AndonKind.objects.filter(code=code, active=True).first()
    if found is None:
        message = _("No andon call “%(code)s” is in use. Choose one of the buttons.")
        raise UnknownCall(message % {"code": code[:40]})
    return found


def alive_at(places: Iterable[Equipment]) -> list[Andon]:
    """The calls at these places that are not settled, the newest first."""
    return list(related().filter(station__in=list(places), status__in=ALIVE).order_by("-called_at")[:50])


STOPPING = """EXISTS (SELECT 1 FROM mes_andon a JOIN mes_andonkind k ON k.id = a.kind_id
  WHERE a.station_id = ANY(%(places)s) AND a.status IN ('OPEN', 'ACKNOWLEDGED') AND k.stops_machine)"""


def stopping(places: Sequence[Equipment]) -> QuerySet[Andon]:
    """The calls for which these places stand still."""
    return Andon.objects.filter(station__in=places, status__in=ALIVE, kind__stops_machine=True)


def of_station(station: Equipment, most: int = 20) -> list[Andon]:
    """The last calls of a station, the newest first."""
    return list(listing().filter(station=station).order_by("-called_at")[:most])


def unanswered(person: Person) -> list[Andon]:
    """The calls that wait for a person, the most pressing first."""
    rows = Andon.objects.select_related("station", "kind").filter(alarms.waiting_for(person)).order_by("respond_by")
    return list(scoping.visible(rows, person)[:50])


def pace(rows: QuerySet[Andon], at: datetime) -> Pace:
    """How many of these calls wait, and how fast people came in the last seven days."""
    waits, lately = Q(status=AndonStatus.OPEN), Q(called_at__gte=at - LATELY) & ~Q(status=AndonStatus.CANCELLED)
    return Pace(**rows.aggregate(
        open=Count("pk", filter=waits),
        late=Count("pk", filter=Q(status__in=ALIVE, respond_by__lt=at) | (waits & Q(escalations__gt=0))),
        to_answer=Avg(F("acknowledged_at") - F("called_at"), filter=lately),
        to_settle=Avg(F("closed_at") - F("called_at"), filter=lately & Q(status=AndonStatus.CLOSED)),
    ))


def minutes(span: timedelta | None) -> str:
    """A span in minutes, for a column; empty where there is none yet."""
    return "" if span is None else f"{span / timedelta(minutes=1):.1f}"
