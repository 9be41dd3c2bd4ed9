"""Checks by rule: carried out at the station, approved by somebody else, or left out with a reason."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from mes import statements
from mes.commands import hints, stoppages
from mes.commands.checks_due import locked_row, occur, sweep
from mes.commands.data_values import READ, Entered
from mes.due_checks import Occasion
from mes.models import (
    CheckStatus,
    CheckValue,
    DataKind,
    JobSegment,
    OperatorCheck,
    StoppageSource,
    StopScope,
    ToolChange,
)
from mes.queries import operator_checks
from plant import live, policies
from plant.commands import journal
from plant.errors import Refusal
from plant.locks import lock, seal
from plant.models import Equipment, Person
from plant.queries import persons, places
from plant.transactions import command
from qms.commands import measuring


class CheckRefused(Refusal):
    """A check that can't be carried out or decided so."""

    code = "check-refused"


@command
def carry_out(
    *, check: OperatorCheck, entered: Sequence[Entered], is_good: bool, by: Person, at: datetime, remark: str = ""
) -> OperatorCheck:
    """Enter what a check asks for. A value out of its limits fails it; a failed one is due again at once."""
    policies.check(by, "check.do", on=check.station)
    row, found = locked(check)
    if found.status != CheckStatus.DUE:
        raise CheckRefused(_("Somebody carried this check out already. Open the station again to see it."))
    if not is_good and not remark.strip():
        message = _("Say what is not in order. The next person will read it.")
        raise CheckRefused(message, code="no-reason", facts={"field": "remark"})
    kept = keep(found, entered, by=by, at=at)
    passes = is_good and all(value.is_good for value in kept)
    fields: dict[str, Any] = {"done_by": by, "done_at": at, "remark": remark.strip()}
    data = {"values": {value.item.name: value.text for value in kept}, "good": passes}
    if passes:
        to = CheckStatus.ENTERED if found.rule.by_inspector else CheckStatus.PASSED
        journal.move(found, to=to, by=by, reason=remark, data=data, **fields)
    else:
        fail(found, row, by=by, at=at, data=data, **fields)
    return told(found)


def keep(check: OperatorCheck, entered: Sequence[Entered], *, by: Person, at: datetime) -> list[CheckValue]:
    """Write what was entered: everything that is needed, and nothing that is not asked for."""
    asked = {one.item.pk: one.item for one in operator_checks.asked(check)}
    said = {one.item.pk: one for one in entered}
    missing = [item.title for key, item in asked.items() if item.required and key not in said]
    if missing or set(said) - set(asked):
        names = ", ".join(missing)
        message = _("Enter what is missing: %(names)s.") % {"names": names} if missing else _("Open the page again.")
        raise CheckRefused(message, code="data-missing", facts={"data": missing})
    made = []
    for key, one in said.items():
        item = asked[key]
        read = READ[DataKind(item.kind)](item, one.value, check.station, at)
        measuring.check_measures(item.gauge_type, one.gauge, characteristic=None, by=by, at=at)
        row = CheckValue.objects.create(check_due=check, item=item, person=by, at=at, gauge=one.gauge, **read)
        made.append(row)
    return made


def fail(
    check: OperatorCheck, row: JobSegment, *, by: Person, at: datetime, data: dict[str, Any], **fields: Any
) -> None:
    """The check failed: it stays as it is, and the same is due again."""
    reason = str(fields.get("remark", ""))
    journal.move(check, to=CheckStatus.FAILED, by=by, reason=reason, data=data, **fields)
    occur(check.rule, row, check.station, Occasion(f"again:{check.pk}"), at=at, repeats=check)
    if check.rule.stops:
        stop(check, row, at=at)
    live.push("news", "check-failed", {"check": check.pk, "station": check.station.code})


def stop(check: OperatorCheck, row: JobSegment, *, at: datetime) -> None:
    """What the rule says stands still for the failed check."""
    rule, station = check.rule, check.station
    place = station.parent if rule.stops == StopScope.LINE else station
    reason = statements.check_failed(check=rule.title, station=station.code, remark=check.remark)
    stoppages.stop(
        scope=rule.stops, equipment=place or station, job_segment=row if rule.stops == StopScope.OPERATION else None,
        reason=reason, by=persons.system("mes"), at=at, source_kind=StoppageSource.CHECK, source_id=str(check.pk),
    )


@command
def decide(*, check: OperatorCheck, is_good: bool, by: Person, at: datetime, remark: str = "") -> OperatorCheck:
    """Approve or reject what somebody else entered."""
    policies.check(by, "check.approve", on=check.station)
    row, found = locked(check)
    if found.status != CheckStatus.ENTERED:
        raise CheckRefused(_("This check does not await approval. Open it again to see how it stands."))
    not_own(found, by)
    if not is_good and not remark.strip():
        message = _("Say what is not in order. The next person will read it.")
        raise CheckRefused(message, code="no-reason", facts={"field": "remark"})
    said = " ".join([found.remark, remark.strip()]).strip()
    fields: dict[str, Any] = {"decided_by": by, "decided_at": at, "remark": said}
    if is_good:
        journal.move(found, to=CheckStatus.PASSED, by=by, reason=remark, **fields)
    else:
        fail(found, row, by=by, at=at, data={}, **fields)
    return told(found)


@command
def waive(*, check: OperatorCheck, reason: str, by: Person, at: datetime) -> OperatorCheck:
    """Leave a check out, saying why; work goes on without it."""
    policies.check(by, "check.waive", on=check.station)
    _row, found = locked(check)
    if not found.is_open:
        raise CheckRefused(_("This check is decided already. Open it again to see how it stands."))
    not_own(found, by)
    if not reason.strip():
        message = _("Say why work may go on without this check.")
        raise CheckRefused(message, code="no-reason", facts={"field": "reason"})
    fields: dict[str, Any] = {"decided_by": by, "decided_at": at, "remark": reason.strip()}
    journal.move(found, to=CheckStatus.WAIVED, by=by, reason=reason, **fields)
    return told(found)


def not_own(check: OperatorCheck, by: Person) -> None:
    """Nobody decides what they carried out themselves."""
    if check.done_by_id == by.pk:
        raise CheckRefused(_("Nobody approves their own check. Ask an inspector or the team leader."), code="own-check")


def locked(check: OperatorCheck) -> tuple[JobSegment, OperatorCheck]:
    """The check as it is now, under the lock of its operation."""
    if check.rule.stops in (StopScope.STATION, StopScope.LINE):  # places are sealed before any row is locked
        place = check.station.parent if check.rule.stops == StopScope.LINE else check.station
        seal(part.pk for part in places.within(place or check.station))
    row = locked_row(JobSegment(pk=check.job_segment_id))
    return row, lock(OperatorCheck.objects.select_related("rule", "station__parent").filter(pk=check.pk))[0]


def told(check: OperatorCheck) -> OperatorCheck:
    """Tell the station that its checks changed."""
    hints.station_changed(check.station.code)
    return check


@command
def change_tool(*, station: Equipment, what: str, by: Person, at: datetime) -> ToolChange:
    """Say that a tool was changed at a station; the checks after a tool change are due for what is in work there."""
    policies.check(by, "check.do", on=station)
    if not what.strip():
        raise CheckRefused(_("Say which tool was changed."), code="no-reason", facts={"field": "what"})
    made = ToolChange.objects.create(station=station, what=what.strip()[:120], by=by, at=at)
    journal.record("equipment.tool-changed", subject=station, by=by, data={"what": made.what})
    sweep(station=station, at=at)
    return made
