"""FMEA: written by several, never one over the other; put into effect by somebody who wrote nothing of it."""

import threading
import uuid
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from plant.commands import reviews
from plant.commands.reviews import ReviewRefused
from plant.commands.row_edits import RowChanged, RowRefused
from plant.commands.signatures import SignatureRefused
from plant.errors import Refusal
from plant.models import JournalEntry
from plant.policies import Forbidden
from qms.commands import escalations, fmea_actions, fmea_lines, fmeas
from qms.models import Fmea, FmeaLine, ProductFamily, RevisionOpening
from qms.queries import fmea_compare, overdue
from qms.queries import fmeas as reading
from tests.factories import NOW, material, person
from tests.qms import planning as make
from tests.qms.factories import engineer, persons

LATER = NOW + timedelta(hours=2)


def save(line, by, version=None, **values):
    asked = {"key": line.key, "version": line.version if version is None else version, "values": values}
    return fmea_lines.save(fmea=line.fmea, **asked, by=by, at=NOW)


@pytest.mark.django_db
def test_a_row_is_saved_over_the_version_that_was_seen_and_over_no_other():
    line = make.chain(make.fmea())
    second = save(line, engineer(), mode="Open joint")

    with pytest.raises(RowChanged, match="Person QE changed this row"):
        save(line, make.author(), mode="Bridge")

    again = save(line, make.author(), mode="Open joint")  # the same words over an old version: nothing is lost
    assert (second.version, again.version, FmeaLine.objects.get().mode) == (2, 2, "Open joint")


@pytest.mark.parametrize("is_locked", [True, False], ids=["as it is", "the race is real without the lock"])
def test_two_at_once_on_one_row_one_is_told(at_once, monkeypatch, is_locked):
    line = make.chain(make.fmea())
    one, other = make.author(), engineer()
    together, written = threading.Barrier(2), FmeaLine.save

    def slowly(self, *args, **kwargs):
        with suppress(threading.BrokenBarrierError):
            together.wait(timeout=2)
        written(self, *args, **kwargs)

    monkeypatch.setattr(FmeaLine, "save", slowly)
    if not is_locked:
        monkeypatch.setattr(reviews, "lock", list)
    results = at_once(lambda: save(line, one, mode="Bridge"), lambda: save(line, other, mode="Open joint"))

    assert sorted(isinstance(result, RowChanged) for result in results) == [False, is_locked]
    assert FmeaLine.objects.get().version == 2


def test_the_same_new_row_sent_twice_is_one_row(at_once):
    made, key = make.fmea(), uuid.uuid4()
    author = make.author()

    at_once(*[lambda: make.chain(made, by=author, key=key)] * 3)

    assert FmeaLine.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(("values", "field"), [
    ({"severity": "11"}, "severity"), ({"occurrence": "x"}, "occurrence"), ({"detection": "0"}, "detection"),
    ({"special": "XX"}, "special"), ({"characteristic": "NONE"}, "characteristic"), ({"mode": "x" * 2001}, "mode"),
    ({"nonsense": "x"}, None),
])
def test_what_makes_no_sense_is_refused_with_its_column(values, field):
    line = make.chain(make.fmea())

    with pytest.raises(RowRefused) as refused:
        save(line, make.author(), **values)

    assert refused.value.facts.get("field") == field


@pytest.mark.django_db
def test_rows_are_put_behind_another_one():
    made = make.fmea()
    first, last = make.chain(made, mode="A"), make.chain(made, mode="C")
    fmea_lines.save(fmea=made, key=uuid.uuid4(), version=0, values={"mode": "B"}, after=first.key, by=make.author(),
                    at=NOW)

    assert [line.mode for line in reading.lines(made)] == ["A", "B", "C"]
    assert last.position > first.position


@pytest.mark.django_db
def test_a_row_that_is_not_whole_keeps_the_draft_back():
    made = make.fmea()
    make.chain(made)
    make.chain(made, cause="", detection="")

    with pytest.raises(ReviewRefused, match="2: failure cause, detection"):
        make.handed_in(made)


@pytest.mark.django_db
def test_what_was_handed_in_is_changed_by_nobody_not_even_by_sql():
    made = make.fmea()
    line = make.chain(made)
    make.handed_in(made)

    with pytest.raises(ReviewRefused, match="new revision"):
        save(line, make.author(), mode="Bridge")
    with pytest.raises(DatabaseError, match="not a draft"), transaction.atomic():
        FmeaLine.objects.update(severity=1)


@pytest.mark.django_db
def test_the_author_never_approves_nor_who_wrote_a_row():
    made, helper = make.fmea(), engineer("HELPER")
    make.chain(made)
    make.chain(made, by=helper)
    make.handed_in(made)

    for writer in (make.author(), helper):
        with pytest.raises(ReviewRefused, match="Another person"):
            make.approved(made, by=writer)
    with pytest.raises(IntegrityError, match="approved_by_another"), transaction.atomic():
        Fmea.objects.update(approved_by=make.author())

    assert make.approved(made).status == "EFFECTIVE"


@pytest.mark.django_db
def test_what_changed_after_it_was_read_is_not_signed():
    made = make.fmea()
    make.chain(made)
    make.handed_in(made)

    with pytest.raises(SignatureRefused):
        make.approved(made, seen_hash="0" * 64)


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["OPERATOR", "INSPECTOR", "ADMINISTRATOR", "VIEWER", "TEAM_LEADER"])
def test_who_is_not_of_quality_neither_writes_nor_approves(role):
    made = make.fmea()
    make.chain(made)
    someone = person(role, role)

    with pytest.raises(Forbidden):
        make.fmea("G", by=someone)
    with pytest.raises(Forbidden):
        make.chain(made, by=someone)
    make.handed_in(made)
    with pytest.raises(Forbidden):
        make.approved(made, by=someone)


def test_two_approvers_at_once_put_it_into_effect_once(at_once):
    make.in_effect()
    fresh = fmeas.revise(fmea=Fmea.objects.get(), reason="New oven", by=make.author(), at=LATER)
    make.handed_in(fresh)
    one, other = engineer("A1"), engineer("A2")

    results = at_once(*[lambda by=by: make.approved(fresh, by=by, at=LATER) for by in (one, other)])

    assert sorted(isinstance(result, Refusal) for result in results) == [False, True]
    assert list(Fmea.objects.order_by("revision").values_list("status", flat=True)) == ["OBSOLETE", "EFFECTIVE"]


@pytest.mark.django_db
def test_the_database_lets_no_two_revisions_be_in_effect():
    former = make.in_effect()
    fresh = fmeas.revise(fmea=former, reason="New oven", by=make.author(), at=LATER)

    with pytest.raises(IntegrityError, match="one_effective"), transaction.atomic():
        Fmea.objects.filter(pk=fresh.pk).update(status="EFFECTIVE", effective=former.effective)


@pytest.mark.django_db
def test_a_new_revision_begins_where_the_done_actions_left_off():
    line = make.in_effect().lines.get()
    action = make.action(line)
    done = {"taken": "Thermocouple fitted", "severity": 8, "occurrence": 2, "detection": 3}
    ended = fmea_actions.finish(action=action, **done, by=make.author(), at=LATER)

    fresh = fmeas.revise(fmea=line.fmea, reason="New thermocouple", by=make.author(), at=LATER)

    assert (ended.before, ended.after) == ("M", "L")
    assert (ended.severity_before, ended.occurrence_before, ended.detection_before) == (8, 4, 6)
    [difference] = fmea_compare.compare(line.fmea, fresh)
    assert [(one.before, one.after) for one in difference.changes] == [("4", "2"), ("6", "3")]
    assert (difference.verb, difference.before, difference.after, fresh.written_by) == (
        "CHANGED", "M", "L", make.author())
    with pytest.raises(ReviewRefused, match="begun already"):
        fmeas.revise(fmea=line.fmea, reason="Once more", by=engineer(), at=LATER)


@pytest.mark.django_db
def test_lessons_are_copied_once_and_remember_where_they_come_from():
    lesson = make.in_effect().lines.get()
    family = ProductFamily.objects.create(code="BOARDS", name="Boards")
    other = make.fmea("G", family=family)

    [copy] = fmea_lines.bring(fmea=other, lines=[lesson], by=make.author(), at=NOW)

    assert (copy.copied_from, copy.mode, copy.key == lesson.key) == (lesson, "Cold joint", False)
    with pytest.raises(RowRefused, match="here already"):
        fmea_lines.bring(fmea=other, lines=[lesson], by=make.author(), at=NOW)
    assert [line.pk for line in reading.lendable(other, "cold", 10)] == [lesson.pk]


@pytest.mark.django_db
def test_the_database_rates_as_the_table_does_and_names_what_nobody_acts_upon():
    made = make.fmea()
    ratings = [(10, 3, 7), (8, 4, 6), (4, 4, 6), (1, 10, 10), (9, 1, 10), (2, 8, 5)]
    for severity, occurrence, detection in ratings:
        make.chain(made, severity=severity, occurrence=occurrence, detection=detection)
    make.chain(made, severity="")
    worst = made.lines.get(severity=10)

    assert [(row.ap, row.ap == row.priority) for row in reading.risks().order_by("position")] == [
        ("H", True), ("M", True), ("L", True), ("L", True), ("L", True), ("M", True), ("", True)]
    assert [row.pk for row in reading.risks().filter(ap="H", acted=False)] == [worst.pk]
    make.action(worst)
    assert not reading.risks().filter(ap="H", acted=False).exists()


@pytest.mark.django_db
def test_a_row_with_an_action_stays():
    line = make.chain(make.fmea())
    make.action(line)

    with pytest.raises(RowRefused, match="Take those away first"):
        fmea_lines.remove(fmea=line.fmea, key=line.key, version=line.version, by=make.author(), at=NOW)


@pytest.mark.django_db
def test_only_its_owner_or_quality_ends_an_action_and_with_a_word():
    action = make.action(make.chain(make.fmea()), owner=person("OP", "OPERATOR"))
    done = {"severity": 8, "occurrence": 2, "detection": 3, "at": LATER}

    with pytest.raises(fmea_actions.ActionRefused, match="Person OP"):
        fmea_actions.finish(action=action, taken="Done", by=person("OP2", "OPERATOR"), **done)
    with pytest.raises(fmea_actions.ActionRefused) as refused:
        fmea_actions.finish(action=action, taken=" ", by=person("OP"), **done)
    assert refused.value.facts == {"field": "taken"}
    assert fmea_actions.finish(action=action, taken="Done", by=person("OP"), **done).status == "DONE"


@pytest.mark.django_db
def test_an_overdue_action_is_told_to_its_owner_and_a_day_later_to_the_manager():
    action = make.action(make.chain(make.fmea()), due_at=NOW + timedelta(days=1))
    manager, system = person("QM", "QUALITY_MANAGER"), persons.system("qms")
    steps = []

    for days in (0, 1, 1, 2, 3):
        at = NOW + timedelta(days=days, hours=1)
        steps.append(sum(escalations.escalate(subject=one, by=system, at=at) for one in overdue.fmea_actions(at)))

    assert steps == [0, 1, 0, 1, 0]
    told = JournalEntry.objects.filter(kind="fmea.action-escalated").order_by("pk")
    assert [entry.data["to"] for entry in told] == [action.owner.number, "QUALITY_MANAGER"]
    assert manager.roles


@pytest.mark.django_db
def test_a_capa_opens_a_revision_once_and_finds_it_again():
    make.in_effect()
    asked = {"code": "F", "reason": "Cold joints in the field", "source_kind": "capa", "source_id": "CA1001"}

    first = fmeas.reopen(**asked, by=make.author(), at=LATER)
    second = fmeas.reopen(**{**asked, "source_id": "CA1002"}, by=make.author(), at=LATER)
    fmeas.reopen(**asked, by=make.author(), at=LATER)

    assert (first.revision, second.pk, RevisionOpening.objects.count()) == (2, first.pk, 2)
    assert [one.fmea_id for one in reading.openings("capa", "CA1001")] == [first.pk]


@pytest.mark.django_db
@pytest.mark.parametrize("fields", [
    {"material": None}, {"code": " "}, {"kind": "DFMEA", "routing": "R-1"}, {"routing": "NONE"},
])
def test_an_fmea_that_makes_no_sense_is_not_begun(fields):
    with pytest.raises(fmeas.FmeaRefused):
        make.fmea(**{"material": material("BOARD"), **fields})
