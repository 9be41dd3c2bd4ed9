"""Who is able to do an operation."""

from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mes.queries.routings import Step
from plant.errors import Refusal
from plant.models import Person, PersonKind, PersonQualification, SkillLevel

ALONE = SkillLevel.ALONE


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


def check(person: Person, step: Step, *, at: datetime) -> None:
    """Refuse somebody whose skill is missing or has run out."""
    if not has(person, step, at=at):
        message = _("%(person)s has no valid skill “%(skill)s” for operation %(operation)s. Ask the team leader.")
        words = {"person": person.name, "skill": step.qualification, "operation": step.code}
        raise NotQualified(message % words, facts={"operation": step.code, "qualification": step.qualification})
