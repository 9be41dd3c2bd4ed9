"""Control plans: one effective revision, by signature of another person, and the floor does what the plan says."""

import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from plant.commands.reviews import ReviewRefused
from plant.commands.row_edits import RowChanged, RowRefused
from plant.commands.signatures import SignatureRefused
from plant.errors import Refusal
from plant.models import JournalEntry
from plant.policies import Forbidden
from qms.commands import plan_lines, plan_reactions, plan_risks, plans
from qms.models import ControlPlan, ControlPlanLine, ReactionPlan
from qms.queries import plan_risks as risks
from qms.queries import plans as reading
from qms.queries import releases
from tests.factories import NOW, material, person
from tests.qms import factories as make
from tests.qms import planning

LATER = NOW + timedelta(hours=1)


def revised(**fields):
    """A draft of the next revision, handed in by its author."""
    made = planning.revision(make.plan_line(**fields).plan)
    return planning.plan_handed_in(made)


@pytest.mark.django_db
def test_approve_ends_the_former_revision():
    plan = planning.released(revised(), by=person("QM", "QUALITY_MANAGER"))

    former = ControlPlan.objects.get(revision=1)
    assert (plan.status, former.status) == ("EFFECTIVE", "OBSOLETE")
    asked = {"material": plan.material, "operation": "REFLOW", "method": "SPC"}
    assert [line.plan.revision for line in reading.lines_for(**asked, at=NOW)] == []
    assert [line.plan.revision for line in reading.lines_for(**asked, at=NOW + timedelta(hours=2))] == [2]


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["INSPECTOR", "OPERATOR", "ADMINISTRATOR", "PLANNER"])
def test_approve_is_not_for_others_than_quality(role):
    with pytest.raises(Forbidden):
        planning.released(revised(), by=person(role, role))


@pytest.mark.django_db
def test_the_author_never_approves_and_a_draft_is_never_approved():
    draft = planning.revision(make.plan_line().plan)
    with pytest.raises(ReviewRefused, match="not handed in"):
        planning.released(draft)
    planning.plan_handed_in(draft)
    with pytest.raises(ReviewRefused, match="Another person"):
        planning.released(draft, by=planning.author())
    with pytest.raises(IntegrityError, match="approved_by_another"), transaction.atomic():
        ControlPlan.objects.filter(pk=draft.pk).update(approved_by=planning.author())


def test_two_drafts_approved_at_once_leave_one_in_effect(at_once):
    plan = revised()
    one, other = make.engineer("A1"), make.engineer("A2")

    results = at_once(*[lambda by=by: planning.released(plan, by=by) for by in (one, other)])

    assert sorted(isinstance(result, Refusal) for result in results) == [False, True]
    assert sorted(ControlPlan.objects.values_list("status", flat=True)) == ["EFFECTIVE", "OBSOLETE"]


@pytest.mark.django_db
def test_what_is_signed_is_the_plan_and_what_it_changes_on_the_floor():
    plan = planning.revision(make.plan_line(method="INSPECTION").plan)
    planning.plan_row(plan, characteristic="ZONE9", method="INSPECTION", sample_size="3")
    ControlPlanLine.objects.filter(plan=plan, characteristic__code="ZONE3").update(sample_size=8)
    planning.plan_handed_in(plan)
    told = [(one.noun, one.verb, one.about) for one in releases.of(plan, LATER)]
    seen = planning.plan_hash(plan)

    assert told == [("INSPECTION", "CHANGED", "ZONE3"), ("INSPECTION", "ADDED", "ZONE9")]
    assert releases.of(plan, LATER)[0].details == (("sample_size", "1", "8"),)
    ControlPlanLine.objects.filter(plan__revision=1).update(sample_size=2)  # what is in effect changes meanwhile
    with pytest.raises(SignatureRefused):
        planning.released(plan, seen_hash=seen)


@pytest.mark.django_db
def test_what_is_dropped_and_what_reacts_otherwise_is_told():
    line = make.plan_line(method="INSPECTION")
    make.reaction()
    draft = planning.revision(line.plan)
    copy = draft.lines.get()
    plan_reactions.put(line=copy, rule="", instruction="Call quality.", hold_lots=False, stop_equipment=True,
                       open_nonconformance=True, steps=["Look", "? Measure"], by=planning.author(), at=NOW)

    [change] = releases.of(draft, LATER)
    assert (change.noun, change.verb, change.details) == (
        "REACTION", "CHANGED", (("hold_lots", "1", "0"), ("steps", "0", "2")))
    assert [step.required for step in copy.reactions.get().steps.all()] == [True, False]
    plan_lines.remove(plan=draft, key=copy.key, version=copy.version, by=planning.author(), at=NOW)
    assert [(one.noun, one.verb) for one in releases.of(draft, LATER)] == [
        ("INSPECTION", "DROPPED"), ("REACTION", "DROPPED")]


@pytest.mark.django_db
def test_rows_are_written_over_what_was_seen_and_over_nothing_else():
    plan = planning.plan()
    row = planning.plan_row(plan, reaction="Stop and call")
    told = {"plan": plan, "key": row.key, "at": NOW}
    plan_lines.save(**told, version=1, values={"sample_size": "5"}, by=make.engineer())

    with pytest.raises(RowChanged):
        plan_lines.save(**told, version=1, values={"sample_size": "9"}, by=planning.author())
    same = plan_lines.save(**told, version=1, values={"sample_size": "5"}, by=planning.author())

    assert (same.version, ReactionPlan.objects.get().instruction) == (2, "Stop and call")


@pytest.mark.django_db
@pytest.mark.parametrize(("values", "field"), [
    ({"operation": ""}, "operation"), ({"characteristic": "NONE"}, "characteristic"), ({"method": "X"}, "method"),
    ({"sample_size": "0"}, "sample_size"), ({"method": "OPERATOR"}, "trigger"),
    ({"method": "OPERATOR", "trigger": "PIECES"}, "every"), ({"sampling": "AQL"}, "aql"),
])
def test_a_row_that_makes_no_sense_names_its_column(values, field):
    plan = planning.plan()

    with pytest.raises(RowRefused) as refused:
        planning.plan_row(plan, **values)

    assert refused.value.facts["field"] == field
    assert not plan.lines.exists()


@pytest.mark.django_db
def test_the_same_check_twice_is_refused():
    plan = planning.plan()
    planning.plan_row(plan)

    with pytest.raises(RowRefused, match="stands in this plan already"):
        planning.plan_row(plan)


@pytest.mark.django_db
def test_what_is_in_effect_takes_no_row():
    with pytest.raises(ReviewRefused):
        planning.plan_row(make.plan_line().plan, characteristic="ZONE9")


@pytest.mark.django_db
def test_rows_are_drawn_from_the_risks_and_point_back():
    fmea = planning.fmea(material=material("BOARD"))
    grave = planning.chain(fmea, severity=9, occurrence=4, detection=7, characteristic=make.characteristic().code)
    nameless = planning.chain(fmea, special="SC", severity=3)
    planning.chain(fmea, severity=2, occurrence=2)
    planning.approved(planning.handed_in(fmea))
    plan = planning.plan()

    assert [(one.line.pk, one.priority, one.is_ready) for one in risks.proposals(plan)] == [
        (grave.pk, "H", True), (nameless.pk, "L", False)]
    [line] = plan_risks.propose(plan=plan, lines=[grave], by=planning.author(), at=NOW)
    assert (line.operation, line.method, line.blocking, line.fmea_line) == ("REFLOW", "SPC", True, grave)
    assert [one.line.pk for one in risks.unwatched(plan)] == [nameless.pk]
    with pytest.raises(RowRefused, match="Name it in the FMEA"):
        plan_risks.propose(plan=plan, lines=[nameless], by=planning.author(), at=NOW)


@pytest.mark.django_db
def test_a_capa_opens_a_revision_of_the_plan():
    make.plan_line()
    asked = {"code": "CP", "reason": "Never again", "source_kind": "capa", "source_id": "CA1", "at": NOW}

    draft = plans.reopen(**asked, by=planning.author())

    assert (draft.revision, draft.lines.count(), draft.openings.get().source_id) == (2, 1, "CA1")
    assert JournalEntry.objects.filter(kind="controlplan.reopened", subject_id=str(draft.pk)).count() == 1
    with pytest.raises(plans.PlanRefused):
        plans.reopen(**{**asked, "code": "NONE"}, by=planning.author())


@pytest.mark.django_db
def test_an_operator_check_without_its_moment_is_refused_by_the_database():
    plan = planning.plan()
    with pytest.raises(IntegrityError, match="operator_check_is_due"), transaction.atomic():
        ControlPlanLine.objects.create(
            plan=plan, key=uuid.uuid4(), operation="X", characteristic=make.characteristic(), method="OPERATOR")
