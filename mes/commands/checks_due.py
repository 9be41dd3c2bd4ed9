"""What makes checks due: events noted once each, and the work that waits for a check."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from mes import due_checks
from mes.commands import hints
from mes.due_checks import Occasion
from mes.models import CheckOccasion, CheckRule, CheckStatus, JobSegment, OperatorCheck
from mes.models.operator_check import OPEN_CHECKS
from mes.queries import check_facts, operator_checks
from plant.commands import journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Equipment
from plant.queries import persons
from plant.transactions import command


class CheckDue(Refusal):
    """Work that waits for a check."""

    code = "check-due"


@command
def bring_due(*, row: JobSegment, station: Equipment, at: datetime) -> list[OperatorCheck]:
    """Make due what the rules of an operation ask for at a station now; each event counts once. The new ones."""
    row = locked_row(row)
    facts = check_facts.of(row, station, at=at)
    done = operator_checks.last_done(row, station)
    made = []
    for rule in operator_checks.rules(row.segment_id, row.job_order.planned_at):
        why = due_checks.occasion(rule.trigger, rule.every, facts, checked_at=done.get(rule.pk), at=at)
        if why is not None and (fresh := occur(rule, row, station, why, at=at)):
            made.append(fresh)
    if made:
        hints.station_changed(station.code)
    return made


def locked_row(row: JobSegment) -> JobSegment:
    """The operation of the work order, locked: whatever changes its checks comes one after the other."""
    return lock(JobSegment.objects.select_related("job_order", "segment").filter(pk=row.pk))[0]


def occur(
    rule: CheckRule, row: JobSegment, station: Equipment, why: Occasion, *, at: datetime,
    repeats: OperatorCheck | None = None,
) -> OperatorCheck | None:
    """Note an event once: it joins the check that is open already, or opens one; the check if it is new."""
    where: dict[str, Any] = {"rule": rule, "job_segment": row, "station": station}
    if CheckOccasion.objects.filter(**where, key=why.key).exists():
        return None
    check = OperatorCheck.objects.filter(**where, status__in=OPEN_CHECKS).first()
    is_new = check is None
    if check is None:
        check = OperatorCheck.objects.create(**where, due_at=at, repeats=repeats)
        data = {"job_order": row.job_order.number, "operation": row.segment.code, "station": station.code}
        by = persons.system("mes")
        journal.record("operatorcheck.due", subject=check, by=by, reason=rule.name, data={**data, "why": why.key})
    CheckOccasion.objects.create(**where, check_due=check, key=why.key, detail=why.detail[:160], at=at)
    return check if is_new else None


def check_start(row: JobSegment, station: Equipment, *, others: bool) -> None:
    """Refuse to begin a part while a check is open; one that judges the next part lets a single one begin."""
    for check in operator_checks.blocking(row, station):
        if others or not check.judges_next or check.status == CheckStatus.ENTERED:
            raise due(check, row)


def check_good(row: JobSegment, station: Equipment) -> None:
    """Refuse that something leaves an operation as good while a check of it is open here."""
    for check in operator_checks.blocking(row, station):
        raise due(check, row)


def due(check: OperatorCheck, row: JobSegment) -> CheckDue:
    """Say which check work waits for, and what to do."""
    words = {"name": check.rule.title, "operation": row.segment.code}
    message = _("The check “%(name)s” of %(operation)s is due. Carry it out here, then go on.")
    if check.status == CheckStatus.ENTERED:
        message = _("The check “%(name)s” of %(operation)s awaits approval. Call an inspector, then go on.")
    return CheckDue(message % words, facts={"check": check.pk, "checks": [check.rule.title]})


@command
def sweep(*, at: datetime, station: Equipment | None = None) -> int:
    """Bring due what time and machines made due where parts are in work; how many checks that made."""
    return sum(
        len(bring_due(row=row, station=place, at=at)) for row, place in operator_checks.at_work(station)
    )
