"""Gauge studies: drawn by lot, measured once a cell, closed with what the readings say."""

import pytest

from plant.models import JournalEntry, Role
from plant.policies import Forbidden
from spc.commands import studies as commands
from spc.commands.studies import Measured, StudyRefused
from spc.models import StudyReading
from spc.queries import studies
from tests.factories import NOW, person
from tests.qms.factories import engineer
from tests.spc import factories

pytestmark = pytest.mark.django_db


def test_the_order_holds_every_cell_once_and_is_drawn_within_each_trial():
    study = factories.study(parts=5, appraisers=["A", "B"], trials=2)

    cells = list(study.readings.order_by("place").values_list("part", "appraiser", "trial"))
    assert len(set(cells)) == len(cells) == 20
    assert [(who, trial) for _part, who, trial in cells[::5]] == [("A", 1), ("B", 1), ("A", 2), ("B", 2)]
    assert JournalEntry.objects.get(kind="study.designed").data["parts"] == 5


def test_a_corrected_value_stays_in_the_record_book():
    study = factories.study()

    commands.measure(study=study, place=1, value=1.5, by=engineer(), at=NOW)
    commands.measure(study=study, place=1, value=1.6, by=engineer(), at=NOW)

    assert StudyReading.objects.get(study=study, place=1).value == 1.6
    entry = JournalEntry.objects.get(kind="study.corrected")
    assert (entry.data["from"], entry.data["to"]) == (1.5, 1.6)


def test_a_table_is_kept_whole_or_not_at_all():
    study = factories.study(parts=2, appraisers=["A"], trials=2)

    with pytest.raises(StudyRefused, match="no part 9, appraiser A, trial 1"):
        commands.paste(study=study, rows=[Measured(1, "A", 1, 1.0), Measured(9, "A", 1, 1.0)], by=engineer(), at=NOW)

    assert not study.readings.filter(value__isnull=False).exists()
    assert commands.paste(study=study, rows=[Measured(1, "A", 1, 1.0)], by=engineer(), at=NOW) == 1


def test_a_closed_study_keeps_its_verdict_and_takes_no_more_values():
    study = factories.measured(factories.study())

    closed = commands.close(study=study, by=engineer(), at=NOW)

    assert (closed.status, closed.verdict, closed.result["method"]) == ("CLOSED", "unacceptable", "anova")
    assert closed.result["components"]["repeatability"]["variance"] == pytest.approx(3.2)
    assert JournalEntry.objects.get(kind="study.closed").data["ndc"] == closed.result["ndc"]
    with pytest.raises(StudyRefused, match="is closed"):
        commands.measure(study=study, place=1, value=1.0, by=engineer(), at=NOW)


def test_a_study_with_gaps_or_without_spread_is_not_closed():
    study = factories.study()
    with pytest.raises(StudyRefused, match="8 measurements are still to be made"):
        commands.close(study=study, by=engineer(), at=NOW)

    factories.measured(study, [1.0] * 8)
    with pytest.raises(StudyRefused, match="All values are equal"):
        commands.close(study=study, by=engineer(), at=NOW)


def test_a_study_given_up_has_a_reason_and_no_verdict():
    study = factories.study()

    with pytest.raises(StudyRefused, match="Say why"):
        commands.cancel(study=study, reason=" ", by=engineer(), at=NOW)
    found = commands.cancel(study=study, reason="Gauge broken", by=engineer(), at=NOW)

    assert (found.status, found.verdict) == ("CANCELLED", "")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"parts": 1}, "Between 2 and 50"), ({"trials": 11}, "Between 2 and 10"),
        ({"appraisers": [" "]}, "Between 1 and 10"), ({"appraisers": ["A", "A "]}, "named once"),
    ],
)  # fmt: skip
def test_a_design_that_makes_no_sense_is_refused(changes, says):
    with pytest.raises(StudyRefused, match=says):
        factories.study(**changes)


def test_a_code_is_used_once_and_a_value_is_a_number():
    study = factories.study()

    with pytest.raises(StudyRefused, match="already"):
        factories.study()
    with pytest.raises(StudyRefused, match="must be a number"):
        commands.measure(study=study, place=1, value=float("nan"), by=engineer(), at=NOW)
    with pytest.raises(StudyRefused, match="no measurement 99"):
        commands.measure(study=study, place=99, value=1.0, by=engineer(), at=NOW)


def test_an_operator_measures_but_does_not_design():
    operator = person("OP1", Role.OPERATOR)
    study = factories.study()

    commands.measure(study=study, place=1, value=1.0, by=operator, at=NOW)
    with pytest.raises(Forbidden):
        commands.close(study=study, by=operator, at=NOW)
    assert studies.waiting(study).place == 2
