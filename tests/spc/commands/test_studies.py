"""Gauge studies: drawn by lot, concluded with what the readings say, approved by another person."""

import pytest
from django.db import DatabaseError, transaction

from plant.commands.signatures import SignatureRefused
from plant.models import JournalEntry, Role
from plant.policies import Forbidden
from spc.commands import studies as commands
from spc.commands.studies import Piece, StudyRefused
from spc.models import Study, StudyReading
from spc.queries import studies
from tests.factories import NOW, PASSWORD, person
from tests.qms.factories import characteristic, engineer
from tests.spc import factories

pytestmark = pytest.mark.django_db
ONE = {"parts": 1, "appraisers": ["A"], "pieces": [Piece(reference=6.0)]}


def test_the_order_holds_every_cell_once_and_is_drawn_within_each_trial():
    study = factories.study(parts=5, appraisers=["A", "B"], trials=2)

    cells = list(study.readings.order_by("place").values_list("part", "appraiser", "trial"))
    assert len(set(cells)) == len(cells) == 20
    assert [(who, trial) for _part, who, trial in cells[::5]] == [("A", 1), ("B", 1), ("A", 2), ("B", 2)]
    told = JournalEntry.objects.get(kind="study.designed").data
    assert (told["parts"], told["seed"]) == (5, study.seed)


def test_a_concluded_study_keeps_its_verdict_and_its_values_whoever_writes_them():
    study = factories.measured(factories.study())

    found = factories.concluded(study)

    assert (found.status, found.verdict, found.result["method"]) == ("CONCLUDED", "unacceptable", "anova")
    assert found.spread == pytest.approx(found.result["components"]["grr"]["study_variation"])
    assert JournalEntry.objects.get(kind="study.concluded").data["verdict"] == "unacceptable"
    with pytest.raises(DatabaseError, match="stay as they are"), transaction.atomic():
        StudyReading.objects.filter(study=study).update(value=1.0)


def test_another_person_approves_under_a_signature():
    study = factories.concluded(factories.measured(factories.study()))

    with pytest.raises(StudyRefused, match="another person"):
        factories.approved(study, by=engineer(), password=PASSWORD)
    with pytest.raises(SignatureRefused):
        factories.approved(study, password="wrong")
    found = factories.approved(study)

    assert (found.status, found.approved_by.number) == ("APPROVED", "QE2")
    assert studies.gauges_of([study.characteristic_id])[study.characteristic_id].study == found


def test_the_database_lets_nobody_approve_their_own_study():
    study = factories.concluded(factories.measured(factories.study()))

    with pytest.raises(DatabaseError, match="study_approved_by_another"), transaction.atomic():
        Study.objects.filter(pk=study.pk).update(status="APPROVED", approved_by=study.concluded_by, approved_at=NOW)


def test_a_study_sent_back_is_open_again():
    study = factories.concluded(factories.measured(factories.study()))
    other = person("QE2", Role.QUALITY_ENGINEER)

    with pytest.raises(StudyRefused, match="Say what"):
        commands.send_back(study=study, reason=" ", by=other, at=NOW)
    found = commands.send_back(study=study, reason="Part 2 was mixed up", by=other, at=NOW)

    assert (found.status, found.verdict, found.spread, found.result) == ("COLLECTING", "", None, {})
    assert factories.concluded(found).status == "CONCLUDED"


def test_a_study_with_gaps_or_without_spread_is_not_concluded():
    study = factories.study()
    with pytest.raises(StudyRefused, match="8 measurements are still to be made"):
        factories.concluded(study)

    factories.measured(study, [1.0] * 8)
    with pytest.raises(StudyRefused, match="All values are equal"):
        factories.concluded(study)


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
        ({"pieces": [Piece("P1")]}, "1 parts are listed, the study has 2"),
        ({"pieces": [Piece("P1"), Piece("P1")]}, "P1 is listed twice"),
        ({**ONE, "kind": "bias", "trials": 5, "pieces": ()}, "reference value"),
        ({**ONE, "kind": "stability", "trials": 11, "settings": {"subgroup": 5}}, "can't be divided"),
        ({"kind": "attribute", "pieces": [Piece("1", standard="OK"), Piece("2")]}, "every part, or of none"),
        ({"kind": "attribute", "pieces": [Piece("1", standard="OK"), Piece("2", standard="?")]}, "none of the ratings"),
    ],
)  # fmt: skip
def test_a_design_that_makes_no_sense_is_refused(changes, says):
    with pytest.raises(StudyRefused, match=says):
        factories.study(**changes)


def test_a_study_judged_by_its_tolerance_needs_one():
    open_ended = characteristic("ZONE3")
    open_ended.upper = None
    open_ended.save()

    with pytest.raises(StudyRefused, match="no tolerance with two limits"):
        factories.study(**ONE, kind="type-1", trials=50, characteristic=open_ended)


def test_a_code_is_used_once():
    factories.study()

    with pytest.raises(StudyRefused, match="already"):
        factories.study()


def test_an_operator_neither_concludes_nor_approves():
    study, operator = factories.measured(factories.study()), person("OP1", Role.OPERATOR)

    with pytest.raises(Forbidden):
        factories.concluded(study, by=operator)
    with pytest.raises(Forbidden):
        factories.approved(factories.concluded(study), by=operator)
