"""What is measured for a gauge study: one cell at a time in the order that was drawn, or a whole table at once."""

import math
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext as _

from plant import policies
from plant.commands import journal
from plant.models import Person
from plant.transactions import command
from spc.commands.studies import StudyRefused, open_study
from spc.gauging import kinds
from spc.models import Study, StudyReading
from spc.queries import studies

Outcome = float | str  # what was measured, or the word by which a part was judged


class Measured(NamedTuple):
    """A reading that somebody brings: which cell, and its value or rating."""

    part: int
    appraiser: str
    trial: int
    value: Outcome


@command
def measure(
    *, study: Study, place: int, value: Outcome, by: Person, at: datetime, scanned: str = "", correct: bool = False
) -> StudyReading:
    """Keep the value of one cell. What stands there is replaced only where `correct` says so, and by its own person.

    scanned  the code on the part that lies on the table, where parts carry codes
    """
    policies.check(by, "study.measure", on=study)
    found = open_study(study)
    cell = StudyReading.objects.filter(study=found, place=place).first()
    if cell is None:
        raise StudyRefused(_("This study has no measurement %(place)s.") % {"place": place})
    if _is_repeated(cell, value, by) and not correct:
        return cell
    _check_free(cell, by, correct)
    _check_part(found, cell, scanned)
    _keep(found, cell, value, by, at)
    return cell


@command
def paste(*, study: Study, rows: Sequence[Measured], by: Person, at: datetime) -> int:
    """Keep many values at once, all of them or none; how many there were."""
    policies.check(by, "study.paste", on=study)
    found = open_study(study)
    cells = {(cell.part, cell.appraiser, cell.trial): cell for cell in StudyReading.objects.filter(study=found)}
    for row in rows:
        if row[:3] not in cells:
            words = _("The study has no part %(part)s, appraiser %(who)s, trial %(trial)s. Nothing was kept.")
            facts = {"field": "rows"}
            raise StudyRefused(words % {"part": row.part, "who": row.appraiser, "trial": row.trial}, facts=facts)
    for row in rows:
        _keep(found, cells[row[:3]], row.value, by, at)
    journal.record("study.pasted", subject=found, by=by, data={"values": len(rows), "at": at})
    return len(rows)


def _is_repeated(cell: StudyReading, value: Outcome, by: Person) -> bool:
    """The same tap twice: the same person sends what stands there already."""
    return cell.measured_by_id == by.pk and value == (cell.rating or cell.value)


def _check_free(cell: StudyReading, by: Person, correct: bool) -> None:
    if cell.measured_at is None:
        return
    if not correct:
        words = _("Measurement %(place)s was made meanwhile, so nothing was kept. Go on with the next one.")
        raise StudyRefused(words % {"place": cell.place}, facts={"done": cell.place})
    if cell.measured_by_id != by.pk and not policies.may(by, "study.close"):
        raise StudyRefused(_("Another person measured this. Ask the quality engineer to put it right."))


def _check_part(study: Study, cell: StudyReading, scanned: str) -> None:
    part = study.pieces.filter(number=cell.part).first()
    if not scanned or part is None or scanned.casefold() == str(part).casefold():
        return
    words = _("This is part %(found)s. Put it back and measure part %(wanted)s.")
    raise StudyRefused(words % {"found": scanned, "wanted": part}, facts={"field": "scanned"})


def _keep(study: Study, cell: StudyReading, value: Outcome, by: Person, at: datetime) -> None:
    before = studies.outcome(cell)
    if kinds.KINDS[study.kind].rated:
        if value not in study.settings["ratings"]:
            words = _("Say one of: %(ratings)s.") % {"ratings": ", ".join(study.settings["ratings"])}
            raise StudyRefused(words, facts={"field": "value"})
        cell.rating = str(value)
    elif isinstance(value, str) or not math.isfinite(value) or abs(value) >= 1e300:
        raise StudyRefused(_("A measurement must be a number."), facts={"field": "value"})
    else:
        cell.value = value
    cell.measured_by, cell.measured_at = by, at
    cell.save(update_fields=["value", "rating", "measured_by", "measured_at"])
    if before is not None and before != value:
        data = {"place": cell.place, "from": before, "to": value, "at": at}
        journal.record("study.corrected", subject=study, by=by, data=data)
