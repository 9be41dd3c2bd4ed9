"""The reaction plan of an alarm is gone through step by step (OCAP, R199)."""

import pytest

from plant.commands import answering
from plant.models import Role
from qms.models import ReactionStep
from spc.commands import ocap, violations
from spc.models import ViolationStep
from spc.queries import ocap as plan
from tests.factories import NOW, person
from tests.qms.factories import engineer, reaction
from tests.spc.commands.test_violations import acknowledged, opened

pytestmark = pytest.mark.django_db


def steps() -> list[ReactionStep]:
    made = reaction()
    texts = [("Look at the probe", True), ("Check the fan", True), ("Call maintenance", False)]
    return [
        ReactionStep.objects.create(reaction=made, position=n, text=text, required=required)
        for n, (text, required) in enumerate(texts, 1)
    ]


def tick(violation, step, **said):
    return ocap.tick(violation=violation, step=step, by=person("OP", Role.OPERATOR), at=NOW, **said)


def test_the_next_step_follows_the_one_that_was_done():
    [first, second, _third], violation = steps(), acknowledged()
    tick(violation, first, remark="Clean")
    assert [line.is_next for line in plan.lines(violation)] == [False, True, False]
    assert (ViolationStep.objects.get().remark, ViolationStep.objects.get().step) == ("Clean", first)
    assert [line.step for line in plan.lines(violation) if line.is_next] == [second]


def test_steps_are_taken_in_their_order():
    [first, second, _third], violation = steps(), acknowledged()
    with pytest.raises(answering.NotThisStep):
        tick(violation, second)
    tick(violation, first)
    with pytest.raises(answering.NotThisStep):
        tick(violation, first)


def test_a_step_is_left_out_with_a_reason_only():
    [first, *_others], violation = steps(), acknowledged()
    with pytest.raises(answering.NotThisStep):
        tick(violation, first, is_done=False)
    assert not tick(violation, first, is_done=False, remark="No probe here").is_done


def test_nobody_ticks_before_somebody_looks_after_the_alarm():
    [first, *_others] = steps()
    with pytest.raises(answering.NotThisStep):
        tick(opened(), first)


def test_close_waits_for_the_required_steps():
    [first, second, _third], violation = steps(), acknowledged()
    said = {"assignable_cause": "Fan", "action_taken": "New", "by": engineer(), "at": NOW}
    tick(violation, first)
    with pytest.raises(answering.StepsOpen):
        violations.close(violation=violation, **said)
    tick(violation, second)
    assert violations.close(violation=violation, **said).status == "CLOSED"
