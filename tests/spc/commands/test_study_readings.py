"""Values of a gauge study: kept once, put right by their own person, pasted whole or not at all."""

import pytest

from plant.models import JournalEntry, Role
from spc.commands import study_readings as commands
from spc.commands.studies import Piece, StudyRefused
from spc.commands.study_readings import Measured
from spc.models import StudyReading
from spc.queries import studies
from tests.factories import NOW, person
from tests.qms.factories import engineer
from tests.spc import factories

pytestmark = pytest.mark.django_db


def measure(study, place, value, **fields):
    return commands.measure(study=study, place=place, value=value, **{"by": engineer(), "at": NOW, **fields})


def test_a_corrected_value_stays_in_the_record_book():
    study = factories.study()

    measure(study, 1, 1.5)
    measure(study, 1, 1.6, correct=True)

    assert StudyReading.objects.get(study=study, place=1).value == 1.6
    entry = JournalEntry.objects.get(kind="study.corrected")
    assert (entry.data["from"], entry.data["to"]) == (1.5, 1.6)


def test_nobody_writes_over_what_another_measured():
    study, one, other = factories.study(), person("OP1", Role.OPERATOR), person("OP2", Role.OPERATOR)
    measure(study, 1, 1.5, by=one)

    with pytest.raises(StudyRefused, match="made meanwhile"):
        measure(study, 1, 1.7, by=other)
    with pytest.raises(StudyRefused, match="Another person measured this"):
        measure(study, 1, 1.7, by=other, correct=True)

    assert StudyReading.objects.get(study=study, place=1).value == 1.5
    assert measure(study, 1, 1.6, correct=True).value == 1.6  # the quality engineer may


def test_the_same_tap_twice_is_kept_once():
    study = factories.study()

    first, again = measure(study, 1, 1.5), measure(study, 1, 1.5)

    assert first.pk == again.pk
    assert not JournalEntry.objects.filter(kind="study.corrected").exists()
    assert studies.waiting(study).place == 2


def test_a_wrong_part_on_the_table_is_told():
    study = factories.study(pieces=[Piece("P-1"), Piece("P-2")])
    wanted = studies.parts(study)[studies.waiting(study).part]
    wrong = {"P-1": "P-2", "P-2": "P-1"}[wanted.label]

    with pytest.raises(StudyRefused, match=f"This is part {wrong}"):
        measure(study, 1, 1.5, scanned=wrong)

    assert measure(study, 1, 1.5, scanned=wanted.label.lower()).value == 1.5


def test_a_table_is_kept_whole_or_not_at_all():
    study = factories.study(parts=2, appraisers=["A"], trials=2)
    rows = [Measured(1, "A", 1, 1.0), Measured(9, "A", 1, 1.0)]

    with pytest.raises(StudyRefused, match="no part 9, appraiser A, trial 1"):
        commands.paste(study=study, rows=rows, by=engineer(), at=NOW)

    assert not study.readings.filter(value__isnull=False).exists()
    assert commands.paste(study=study, rows=rows[:1], by=engineer(), at=NOW) == 1


@pytest.mark.parametrize("value", [float("nan"), float("inf"), "OK", 1e300])
def test_a_value_is_a_number(value):
    study = factories.study()

    with pytest.raises(StudyRefused, match="must be a number"):
        measure(study, 1, value)
    with pytest.raises(StudyRefused, match="no measurement 99"):
        measure(study, 99, 1.0)


def test_a_rating_is_one_of_the_words_of_its_study():
    study = factories.study(kind="attribute")

    with pytest.raises(StudyRefused, match="Say one of: OK, NG"):
        measure(study, 1, "maybe")

    assert measure(study, 1, "NG").rating == "NG"
    assert studies.readings(study)[0].value == "NG"


def test_a_concluded_study_takes_no_more_values():
    study = factories.concluded(factories.measured(factories.study()))

    with pytest.raises(StudyRefused, match="is closed"):
        measure(study, 1, 1.0, correct=True)


def test_each_appraiser_goes_on_where_they_stopped():
    study = factories.study(parts=3, appraisers=["A", "B"])
    for place in (1, 2, 4):
        measure(study, place, float(place))

    assert (studies.waiting(study, "A").place, studies.waiting(study, "B").place) == (3, 5)
    assert [(one.appraiser, one.done, one.of) for one in studies.progress(study)] == [("A", 2, 6), ("B", 1, 6)]
