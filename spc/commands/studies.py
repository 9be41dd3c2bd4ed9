"""Studies of gauges: designed, measured cell by cell or pasted, closed with a verdict."""

import math
import random
from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from plant import policies
from plant.commands import journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Equipment, Person
from plant.transactions import command
from qms.models import Characteristic
from spc.models import Study, StudyMethod, StudyReading, StudyStatus
from spc.queries import studies

SIZES = {"parts": (2, 50), "trials": (2, 10), "appraisers": (1, 10)}


class StudyRefused(Refusal):
    """A study that makes no sense, or is not open for this any more."""

    code = "study-refused"


class Measured(NamedTuple):
    """A reading that somebody brings: which cell, and the value."""

    part: int
    appraiser: str
    trial: int
    value: float


@command
def design(
    *, code: str, gauge: str, equipment: Equipment, characteristic: Characteristic, parts: int,
    appraisers: Sequence[str], trials: int, by: Person, at: datetime, method: str = StudyMethod.ANOVA,
) -> Study:
    """Draw the order: trial by trial, appraiser by appraiser, the parts shuffled (AIAG MSA 4th ed., ch. III-B)."""
    policies.check(by, "study.design")
    names = [name.strip() for name in appraisers if name.strip()]
    _check_sizes(parts=parts, trials=trials, appraisers=len(names))
    if len(set(names)) < len(names):
        raise StudyRefused(_("Each appraiser must be named once."), facts={"field": "appraisers"})
    fields = {
        "gauge": gauge.strip(), "equipment": equipment, "characteristic": characteristic, "parts": parts,
        "appraisers": names, "trials": trials, "method": method, "designed_by": by, "designed_at": at,
    }  # fmt: skip
    study, is_new = Study.objects.get_or_create(code=code.strip(), defaults=fields)
    if not is_new:
        raise StudyRefused(_("There is a study “%(code)s” already.") % {"code": code}, facts={"field": "code"})
    order = [
        (part, who, trial)
        for trial in range(1, trials + 1)
        for who in names
        for part in random.SystemRandom().sample(range(1, parts + 1), parts)
    ]
    StudyReading.objects.bulk_create(
        StudyReading(study=study, place=place, part=part, appraiser=who, trial=trial)
        for place, (part, who, trial) in enumerate(order, start=1)
    )
    data = {"gauge": study.gauge, "parts": parts, "appraisers": names, "trials": trials, "method": method, "at": at}
    journal.record("study.designed", subject=study, by=by, data=data)
    return study


@command
def measure(*, study: Study, place: int, value: float, by: Person, at: datetime) -> StudyReading:
    """Keep the value of one cell; a value that stood there is told in the record book."""
    policies.check(by, "study.measure")
    found = _open(study)
    cell = StudyReading.objects.filter(study=found, place=place).first()
    if cell is None:
        raise StudyRefused(_("This study has no measurement %(place)s.") % {"place": place})
    _keep(cell, value, by, at)
    return cell


@command
def paste(*, study: Study, rows: Sequence[Measured], by: Person, at: datetime) -> int:
    """Keep many values at once, all of them or none; how many there were."""
    policies.check(by, "study.measure")
    found = _open(study)
    cells = {(cell.part, cell.appraiser, cell.trial): cell for cell in StudyReading.objects.filter(study=found)}
    for row in rows:
        if row[:3] not in cells:
            words = _("The study has no part %(part)s, appraiser %(who)s, trial %(trial)s. Nothing was kept.")
            facts = {"field": "rows"}
            raise StudyRefused(words % {"part": row.part, "who": row.appraiser, "trial": row.trial}, facts=facts)
    for row in rows:
        _keep(cells[row[:3]], row.value, by, at)
    journal.record("study.pasted", subject=found, by=by, data={"values": len(rows), "at": at})
    return len(rows)


@command
def close(*, study: Study, by: Person, at: datetime) -> Study:
    """Fix the result and its verdict; from now on they stand in the gauge's record."""
    policies.check(by, "study.close")
    found = _open(study)
    report = studies.report(found)
    if report.answer is None:
        raise StudyRefused(report.refused)
    answer = report.answer
    journal.move(
        found, to=StudyStatus.CLOSED, by=by, closed_at=at, verdict=answer["verdict"], result=answer,
        data={"grr": answer["pct_grr"], "ndc": answer["ndc"], "method": answer["method"], "verdict": answer["verdict"]},
    )  # fmt: skip
    return found


@command
def cancel(*, study: Study, reason: str, by: Person, at: datetime) -> Study:
    """Give a study up; what was measured stays on record."""
    policies.check(by, "study.close")
    if not reason.strip():
        raise StudyRefused(_("Say why the study is given up."), facts={"field": "reason"})
    found = _open(study)
    journal.move(found, to=StudyStatus.CANCELLED, by=by, reason=reason, data={"at": at})
    return found


def _open(study: Study) -> Study:
    found = lock(Study.objects.filter(pk=study.pk))[0]
    if found.status != StudyStatus.COLLECTING:
        raise StudyRefused(_("This study is closed. Its values stay as they are; design a new study."))
    return found


def _keep(cell: StudyReading, value: float, by: Person, at: datetime) -> None:
    if not math.isfinite(value):
        raise StudyRefused(_("A measurement must be a number."), facts={"field": "value"})
    before = cell.value
    cell.value, cell.measured_by, cell.measured_at = value, by, at
    cell.save(update_fields=["value", "measured_by", "measured_at"])
    if before is not None and before != value:
        data = {"place": cell.place, "from": before, "to": value, "at": at}
        journal.record("study.corrected", subject=cell.study, by=by, data=data)


def _check_sizes(**asked: Any) -> None:
    for name, size in asked.items():
        least, most = SIZES[name]
        if not least <= size <= most:
            words = _("Between %(least)s and %(most)s, please.") % {"least": least, "most": most}
            raise StudyRefused(words, facts={"field": name})
