"""What a nonconformance is: its defect and cause by code, who answers for it, and whether it was there before."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from plant import live, policies
from plant.commands import journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Partner, Person, ReasonCode
from plant.transactions import command
from qms.commands import boards
from qms.models import Nonconformance, NonconformanceStatus, Responsibility, Severity
from qms.queries import repeats


class NotClassified(Refusal):
    """Something about a nonconformance that can't be said."""

    code = "not-classified"


@command
def classify(
    *, nonconformance: Nonconformance, by: Person, at: datetime, defect: ReasonCode | None = None,
    cause: ReasonCode | None = None, severity: str = "", partner: Partner | None = None,
) -> Nonconformance:
    """Say by code what is wrong and what is behind it; the same thing before is found at once."""
    policies.check(by, "nonconformance.classify", nonconformance=nonconformance.number)
    case = lock(Nonconformance.objects.filter(pk=nonconformance.pk))[0]
    if case.status == NonconformanceStatus.CLOSED:
        raise NotClassified(_("%(number)s is closed. Report a new one.") % {"number": case.number})
    fields = {"defect": defect, "cause": cause, "severity": Severity(severity or case.severity), "partner": partner}
    Nonconformance.objects.filter(pk=case.pk).update(**fields)
    data = {name: str(value) if value else "" for name, value in fields.items()}
    journal.record("nonconformance.classified", subject=case, by=by, data=data)
    case.refresh_from_db()
    look_back(case, by=by, at=at)
    boards.bring(case, by=by, at=at)
    return case


def look_back(case: Nonconformance, *, by: Person, at: datetime) -> None:
    """Flag a case that was there before: the same part with the same defect or characteristic, within the window."""
    if case.material_id is None:
        material = repeats.material_of(case)
        if material is None:
            return
        Nonconformance.objects.filter(pk=case.pk).update(material=material)
        case.material = material
    former = repeats.former(case)
    count, newest = len(former), former[0] if former else None
    if (count, newest.pk if newest else None) == (case.repeats, case.repeat_of_id):
        return
    proposed = count >= repeats.rule_for(case).propose_at
    fields = {"repeat_of": newest, "repeats": count, "capa_proposed": proposed}
    Nonconformance.objects.filter(pk=case.pk).update(**fields)
    for name, value in fields.items():
        setattr(case, name, value)
    if newest is not None:
        data = {"of": newest.number, "count": count, "capa_proposed": proposed}
        journal.record("nonconformance.repeated", subject=case, by=by, data=data)
        live.push("news", "repeat", {"nonconformance": case.number, "of": newest.number, "count": count})


@command
def answer_for(
    *, nonconformance: Nonconformance, stage: str, department: str, by: Person, at: datetime,
    person: Person | None = None,
) -> Responsibility:
    """Name the department, and the person, that answers for one part of it."""
    policies.check(by, "nonconformance.review", nonconformance=nonconformance.number)
    if not department.strip():
        raise NotClassified(_("Name the department."), facts={"field": "department"})
    fields = {"department": department.strip(), "person": person}
    row = Responsibility.objects.update_or_create(nonconformance=nonconformance, stage=stage, defaults=fields)[0]
    data = {"for": stage, "department": row.department, "person": person.number if person else ""}
    journal.record("nonconformance.responsible", subject=nonconformance, by=by, data=data)
    return row
