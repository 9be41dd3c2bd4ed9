"""Four workers see the same new readings at once, and one dies in the middle (I36): one violation, one hold a lot."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection

from plant.commands import answering
from plant.commands.journal import IllegalMove
from plant.models import Person, Role
from qms.models import Nonconformance, ReactionStep
from spc.commands import ocap, samples, violations
from spc.models import ControlChart, MissedSample, Violation, ViolationPoint, ViolationStep
from tests.factories import NOW, person
from tests.qms.factories import board, engineer, reaction
from tests.spc import factories
from tests.spc.commands.test_samples import duty
from tests.spc.factories import calm
from traceability.models import Hold

BAD = 244.0


def counts() -> tuple[int, ...]:
    held = Hold.objects.filter(released_at__isnull=True, lot__isnull=False).count()
    points = ViolationPoint.objects.count()
    return Violation.objects.count(), points, Nonconformance.objects.count(), held


def scene() -> ControlChart:
    reaction()
    chart = factories.chart()
    for number in range(3):
        board(f"B{number}")
    factories.read(chart, calm(20))
    factories.store(chart, [BAD, BAD], 20)
    factories.by()
    return chart


def test_four_evaluators_make_one_violation(at_once):
    chart = scene()
    answers = at_once(*[lambda: factories.judge(chart)] * 4)
    assert sorted(len(answer) for answer in answers) == [0, 0, 0, 1]
    assert counts() == (1, 2, 1, 3)


def test_evaluators_of_the_same_lots_on_two_charts_do_not_deadlock(at_once):
    charts = [scene(), factories.chart("ZONE4")]
    factories.store(charts[1], [*calm(20), BAD])
    answers = at_once(*[lambda: factories.judge(*charts), lambda: factories.judge(*charts[::-1])] * 2)
    assert sorted(len(answer) for answer in answers) == [0, 0, 0, 2]
    assert counts() == (2, 3, 2, 6)


def test_a_killed_evaluation_is_done_again_whole(committed_db):
    chart = scene()
    with pytest.raises(OperationalError), connection.execute_wrapper(die_at("qms_nonconformancelot")):
        factories.judge(chart)
    connection.close()
    assert counts() == (0, 0, 0, 0)
    factories.judge(chart)
    assert counts() == (1, 2, 1, 3)


def test_two_people_acknowledge_at_once_and_one_becomes_the_owner(at_once):
    [violation] = factories.read(factories.chart(), [*calm(20), BAD])
    people = [person(f"Q{n}", Role.QUALITY_ENGINEER) for n in range(4)]
    answers = at_once(*[lambda by=by: attempt(violation, by) for by in people])
    assert sorted(answers) == [False, False, False, True]
    found = Violation.objects.get()
    assert found.owner == found.acknowledged_by == people[answers.index(True)]


def attempt(violation: Violation, by: Person) -> bool:
    try:
        return bool(violations.acknowledge(violation=violation, by=by, at=NOW))
    except IllegalMove:
        return False


def test_two_people_tick_a_step_at_once_and_it_is_done_once(at_once):
    step = ReactionStep.objects.create(reaction=reaction(), position=1, text="Look")
    [violation] = factories.read(factories.chart(), [*calm(20), BAD])
    violations.acknowledge(violation=violation, by=engineer(), at=NOW)
    answers = at_once(*[lambda: ticked(violation, step)] * 2)
    assert (sorted(answers), ViolationStep.objects.count()) == ([False, True], 1)


def ticked(violation: Violation, step: ReactionStep) -> bool:
    try:
        return bool(ocap.tick(violation=violation, step=step, by=engineer(), at=NOW))
    except answering.NotThisStep:
        return False


def test_four_workers_find_one_missed_sample_and_lock_once(at_once):
    made = duty()
    answers = at_once(*[lambda: samples.check(duty=made, by=factories.by(), at=NOW + timedelta(minutes=10))] * 4)
    assert sorted(answers) == [False, False, False, True]
    assert (MissedSample.objects.count(), Hold.objects.filter(released_at__isnull=True).count()) == (1, 1)


def die_at(table: str):
    """Lose the database's end of the connection at the first write to a table, as when a process is killed."""

    def wrapper(execute, sql, params, many, context):
        if sql.startswith("INSERT") and table in sql:
            execute("SELECT pg_terminate_backend(pg_backend_pid())", None, False, context)
        return execute(sql, params, many, context)

    return wrapper
