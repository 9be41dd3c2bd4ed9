"""Routings that branch, walked by scan: in any order, one of several, passed over; and the database's own no."""

import random
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from mes.commands import passing_over, reports, undoing
from mes.models import LotWay, RouteStep, WorkMaster
from mes.models.work_master import always
from mes.queries import library, wip
from plant import policies
from plant.commands.revisions import RevisionRefused
from plant.errors import Refusal
from plant.models import JournalEntry
from tests import factories as ground
from tests.factories import NOW
from tests.mes import factories
from tests.mes import revisions_world as revised
from tests.mes.ways_world import BRANCHED, Op, done, row, settle, world
from tests.traceability.breaking import broken

pytestmark = pytest.mark.django_db


def leader():
    return ground.person("LEAD", "TEAM_LEADER")


def over(found, operation="WASH", reason="Clean already", by=None):
    return passing_over.pass_over(
        lot=found.outputs[0], operation=operation, reason=reason, by=by or leader(), at=NOW
    )


def test_a_lot_goes_its_own_way_through_the_groups():
    found = world()
    assert done(found, "CUT").next == "Bring it to DRILL."
    assert done(found, "MARK").next == "Bring it to DRILL."
    assert done(found, "BRUSH", "DRILL").next == "Bring it to LASER."
    assert done(found, "GLUE").next == "Bring it to WASH."
    assert done(found, "WASH", "TEST").facts["next"] == ""
    settle()
    assert [step.kind for step in RouteStep.objects.order_by("pk")] == ["TAKEN"] * 3
    assert broken("I08") == {}


@pytest.mark.parametrize(
    ("before", "station", "words"),
    [
        (["CUT", "MARK"], "GLUE", "has to pass DRILL before GLUE"),
        (["CUT", "MARK"], "MARK", "has passed MARK already"),
        (["CUT", "MARK", "BRUSH", "DRILL"], "TEST", "has to pass LASER before TEST"),
        (["CUT", "DRILL", "BRUSH", "MARK", "GLUE"], "TEST", "has to pass WASH before TEST"),
    ],
)
def test_a_step_that_is_missing_is_named(before, station, words):
    found = world()
    done(found, *before)

    outcome = done(found, station)

    assert outcome.code == "wrong-operation"
    assert words in str(outcome.message)


def test_the_one_that_is_started_is_chosen_until_the_start_is_taken_back():
    found = world()
    done(found, "CUT", "DRILL", "BRUSH", "MARK")
    number = found.outputs[0].number
    found.scan(number, "GLUE")

    outcome = found.scan(number, "LASER")
    assert outcome.code == "wrong-operation"
    assert "GLUE was chosen" in str(outcome.message)

    undoing.undo(station=found.stations["GLUE"], by=found.operator, at=NOW)
    assert not LotWay.objects.filter(group="JOIN").exists()
    assert done(found, "LASER").next == "Bring it to WASH."


def test_a_part_of_a_lot_keeps_its_order_through_a_group():
    found = world()
    done(found, "CUT")
    assert done(found, "MARK", quantity=Decimal(4)).next == "Bring it to DRILL."
    assert wip.of_lot(found.outputs[0]) == {"MARK": 6, "DRILL": 4}

    refused = found.scan(found.outputs[0].number, "BRUSH")

    assert "worked on at MARK" in str(refused.message)
    found.scan(found.outputs[0].number, "MARK")
    assert done(found, "BRUSH", "DRILL").next == "Bring it to LASER."
    settle()


def test_rework_opens_the_choice_again_and_a_group_is_left_by_what_came_back():
    ops = row(*[Op(**{**op.__dict__, "rework_entry": op.code in ("CUT", "DRILL")}) for op in BRANCHED])
    found = world(ops)
    done(found, "CUT", "DRILL", "BRUSH", "MARK", "GLUE", "WASH")
    found.scan(found.outputs[0].number, "TEST")
    reports.report(
        station=found.stations["TEST"], lot=found.outputs[0], rework=Decimal(10), reason=factories.reason("REWORK"),
        rework_operation="DRILL", by=found.operator, at=NOW,
    )
    settle()
    assert done(found, "MARK").outcome == "refused"  # it was done, and nothing happened to it

    assert done(found, "DRILL").next == "Bring it to LASER."
    assert done(found, "LASER").next == "Bring it to WASH."


def test_rework_goes_back_only():
    ops = row(*[Op(**{**op.__dict__, "rework_entry": op.code in ("CUT", "WASH")}) for op in BRANCHED])
    found = world(ops)
    done(found, "CUT")
    found.scan(found.outputs[0].number, "DRILL")

    with pytest.raises(reports.Incomplete) as refused:
        reports.report(
            station=found.stations["DRILL"], lot=found.outputs[0], rework=Decimal(10),
            reason=factories.reason("REWORK"), rework_operation="WASH", by=found.operator, at=NOW,
        )
    assert refused.value.facts["operations"] == ["CUT"]


def test_passing_over_is_a_fact_with_a_reason():
    found = world()
    done(found, "CUT", "DRILL", "BRUSH", "MARK", "LASER")

    with pytest.raises(Refusal, match="in a few words"):
        over(found, reason=" ")
    with pytest.raises(passing_over.NotOptional):
        over(found, operation="TEST")
    over(found)

    settle()
    assert done(found, "TEST").facts["next"] == ""
    assert RouteStep.objects.get(kind="PASSED").move.reason == "Clean already"
    assert JournalEntry.objects.get(kind="lot.operation-passed-over").data["operation"] == "WASH"
    assert broken("I08") == {}


def test_an_operator_passes_nothing_over():
    found = world()
    done(found, "CUT", "DRILL", "BRUSH", "MARK", "LASER")

    with pytest.raises(policies.Forbidden):
        over(found, by=found.operator)
    assert wip.of_lot(found.outputs[0]) == {"WASH": 10}


MOVE = """
INSERT INTO traceability_move (lot_id, quantity, from_bucket, from_place, to_bucket, to_place, job_order, operation,
  person_id, reason, at)
VALUES (%s, 10, 'WIP', %s, %s, %s, %s, '', %s, 'x', now()) RETURNING id
"""
STEP = "INSERT INTO mes_routestep (kind, move_id) VALUES ('{}', %(move)s)"
FACTS = {
    "": "SELECT %(move)s",
    "PRODUCED": """
INSERT INTO traceability_materialactual (kind, lot_id, quantity, move_id, job_order, operation, person_id, at)
SELECT 'PRODUCED', lot_id, quantity, id, job_order, from_place, person_id, at FROM traceability_move WHERE id = %(move)s
""",
    **{kind: STEP.format(kind) for kind in ("TAKEN", "PASSED", "ADDED")},
}


@pytest.mark.parametrize("fact", FACTS)
@pytest.mark.parametrize(
    ("before", "source", "to"),
    [([], "CUT", "TEST"), (["CUT"], "DRILL", "LASER"), (["CUT"], "DRILL", "MARK"),
     (["CUT", "DRILL", "BRUSH", "MARK"], "LASER", "GLUE"), (["CUT", "DRILL", "BRUSH", "MARK"], "LASER", ""),
     (["CUT", "DRILL"], "BRUSH", "DRILL")],
)
def test_bare_sql_skips_nothing(before, source, to, fact):
    found = world()
    done(found, *before)
    lot = found.outputs[0]
    words = [lot.pk, source, "WIP" if to else "STOCK", to, found.job.number, found.operator.pk]

    def skip():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(MOVE, words)
            cursor.execute(FACTS[fact], {"move": cursor.fetchone()[0]})
            settle()

    with pytest.raises(IntegrityError, match=lot.number):
        skip()


def test_bare_sql_turns_nothing_that_would_count_as_done():
    found = world()
    done(found, "CUT")

    with pytest.raises(IntegrityError, match="has not done"), transaction.atomic():
        LotWay.objects.create(lot=found.outputs[0], group="SIDES", turns=["MARK", "BRUSH", "DRILL"])


def test_a_group_of_one_does_not_come_into_effect():
    world()
    fresh = revised.draft(WorkMaster.objects.get())
    assert {row.group for row in fresh.segments.all()} == {None, "SIDES", "JOIN"}
    fresh.segments.filter(code="GLUE").update(group=None)
    assert "Group JOIN" in library.why_not_effective(fresh, NOW)
    with pytest.raises(RevisionRefused):
        revised.effective(fresh)
    with pytest.raises(IntegrityError, match="JOIN"), transaction.atomic():
        WorkMaster.objects.filter(pk=fresh.pk).update(code="OTHER", status="EFFECTIVE", effective=always())


@pytest.mark.parametrize("seed", range(6))
def test_random_walks_agree_with_a_model_of_one_piece(seed):
    """What a piece may do next, told by a model that only remembers what was done since it last came to a stage."""
    dice = random.Random(seed)
    ops = row(*[Op(**{**op.__dict__, "rework_entry": op.sequence < 80 and dice.random() < 0.5}) for op in BRANCHED])
    found = world(ops, quantity=1)
    number, stage, did = found.outputs[0].number, 0, set()
    beside = [["CUT"], ["DRILL", "BRUSH", "MARK"], ["LASER", "GLUE"], ["WASH"], ["TEST"]]
    for _ in range(30):
        if stage == len(beside):
            break
        here, op = beside[stage], dice.choice(ops)
        may = op.code in here and op.code not in did
        outcome = found.scan(number, op.code)
        assert (outcome.outcome != "refused") == may, (op.code, stage, did, outcome)
        if not may:
            continue
        entries = [one for one in ops if one.rework_entry and one.code not in here
                   and any(one.code in codes for codes in beside[:stage])]
        if entries and dice.random() < 0.3:
            back = dice.choice(entries).code
            reports.report(
                station=found.stations[op.code], lot=found.outputs[0], rework=Decimal(1),
                reason=factories.reason("REWORK"), rework_operation=back, by=found.operator, at=NOW,
            )
            stage = next(nth for nth, codes in enumerate(beside) if back in codes)
            did = set(beside[stage]) - {back} if stage == 1 else set()
        else:
            assert found.scan(number, op.code).outcome != "refused"
            did.add(op.code)
            if stage != 1 or did >= set(here):
                stage, did = stage + 1, set()
        settle()
    assert broken("I08") == {}
