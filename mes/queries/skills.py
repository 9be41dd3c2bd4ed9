"""Who is able to do an operation."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from mes.models import ON_LINE, JobSegment, Segment
from mes.queries import station_queue, trainings
from mes.queries.routings import Step
from plant.errors import Refusal
from plant.models import Equipment, Person, PersonKind, PersonQualification, SkillLevel

ALONE = SkillLevel.ALONE
EVER = Value(datetime(1900, 1, 1, tzinfo=UTC))
MOST = 5


class NotQualified(Refusal):
    """Somebody without the skill that an operation asks for."""

    code = "not-qualified"


def has(person: Person, step: Step, *, at: datetime) -> bool:
    """Does the person hold the operation's skill now? Programs report what a person did, so they need none."""
    if step.qualification_id is None or person.kind != PersonKind.HUMAN:
        return True
    rows = PersonQualification.objects.filter(
        person=person, qualification_id=step.qualification_id, valid_from__lte=at, level__gte=ALONE
    )
    if step.skill_since is not None:
        rows = rows.filter(valid_from__gte=step.skill_since)
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=at)).exists()


@dataclass(frozen=True, slots=True)
class Lack:
    """Work that waits at a station and asks for a skill that somebody does not hold."""

    job_order: str
    operation: str
    skill: str


def lacking(person: Person, station: Equipment, *, at: datetime) -> list[Lack]:
    """The work dispatched to a station that a person may not do now, in its turn; told when they sign on, not later."""
    if person.kind != PersonKind.HUMAN:
        return []
    valid = PersonQualification.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=at), person=person, qualification=OuterRef("segment__qualification"),
        valid_from__lte=at, level__gte=ALONE, valid_from__gte=Coalesce(OuterRef("segment__skill_since"), EVER),
    )
    rows = JobSegment.objects.filter(
        ~Exists(valid), station=station, ended_at__isnull=True, job_order__status__in=ON_LINE,
        segment__qualification__isnull=False,
    )
    rows = rows.select_related("job_order", "segment__qualification").order_by(*station_queue.TURN)
    return [Lack(one.job_order.number, one.segment.code, _name(one.segment)) for one in rows[:MOST]]


def _name(segment: Segment) -> str:
    return segment.qualification.name if segment.qualification else ""


def check(person: Person, step: Step, *, at: datetime) -> None:
    """Refuse somebody whose skill is missing or has run out, or who has not signed what the operation demands."""
    if not has(person, step, at=at):
        message = _("%(person)s has no valid skill “%(skill)s” for operation %(operation)s. Ask the team leader.")
        words = {"person": person.name, "skill": step.qualification, "operation": step.code}
        raise NotQualified(message % words, facts={"operation": step.code, "qualification": step.qualification})
    trainings.check(person, step, at=at)
