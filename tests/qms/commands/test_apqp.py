"""APQP: nothing is passed before it is delivered, and not by who leads the project."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from plant.commands import signatures
from plant.errors import Refusal
from plant.models import JournalEntry
from plant.policies import Forbidden
from qms import apqp_template
from qms.commands import apqp, apqp_gates, escalations
from qms.commands.apqp import ApqpRefused
from qms.models import ApqpDeliverable, ApqpPhase, ApqpProject, ValidationReport
from qms.queries import apqp as reading
from qms.queries import overdue
from tests.factories import NOW, material, person
from tests.qms.factories import PASSWORD, engineer, persons

GATES = [NOW + timedelta(days=30 * number) for number in range(1, 6)]


def leader():
    return engineer("LEAD")


def project(**fields):
    asked = {"name": "Controller", "material": material("BOARD"), "owner": leader(), "gates": GATES, "by": leader(),
             "at": NOW, **fields}
    return apqp.create(**asked)


def deliver_all(phase):
    for one in phase.deliverables.filter(is_required=True, status="OPEN"):
        if one.proof:
            report(one, number="R-OK")
        apqp.deliver(deliverable=one, evidence="DOC-1", by=leader(), at=NOW)


def report(one, **fields):
    asked = {"number": "R-1", "title": "Thermal shock", "requirement": "200 cycles", "samples": 5, "result": "PASS",
             "finding": "No crack", "by": leader(), "at": NOW, **fields}
    return apqp_gates.report(deliverable=one, **asked)


def sign(phase, by=None, **fields):
    seen = signatures.content_hash(reading.seen(phase))
    asked = {"reason": "Complete", "password": PASSWORD, "seen_hash": seen, "by": by or engineer("BOSS"), "at": NOW,
             **fields}
    return apqp_gates.pass_gate(phase=phase, **asked)


def test_the_template_holds_every_requirement_of_ppap_once_and_each_level_asks_something():
    elements = [item.element for item in apqp_template.DELIVERABLES if item.element]
    assert sorted(elements) == list(range(1, 19))
    assert [one.number for one in apqp_template.ELEMENTS] == list(range(1, 19))
    assert {len(one.levels) for one in apqp_template.ELEMENTS} == {5}
    # AIAG PPAP 4th edition, table 4.2: level 1 submits the warrant and the appearance report, level 3 nearly all
    asked = [[one.number for one in apqp_template.ELEMENTS if one.levels[level - 1] == "S"] for level in range(1, 6)]
    assert asked == [[13, 18], [1, 2, 9, 10, 12, 13, 14, 18], [n for n in range(1, 19) if n not in (15, 16)], [18], []]


@pytest.mark.django_db
def test_a_gate_waits_for_what_it_asks_and_the_database_says_so_too():
    phase = project().phases.get(number=1)

    with pytest.raises(ApqpRefused, match="waits for 6 deliverables"):
        sign(phase)
    with pytest.raises(DatabaseError, match="waits for deliverables"), transaction.atomic():
        ApqpPhase.objects.filter(pk=phase.pk).update(status="PASSED", passed_by=engineer(), passed_at=NOW)
    deliver_all(phase)

    assert sign(phase).status == "PASSED"


@pytest.mark.django_db
def test_gates_come_in_their_order_and_the_last_one_closes_the_project():
    made = project()
    for phase in made.phases.all():
        deliver_all(phase)

    with pytest.raises(ApqpRefused, match="order"):
        sign(made.phases.get(number=2))
    for phase in made.phases.order_by("number"):
        sign(phase)

    made.refresh_from_db()
    assert made.status == "CLOSED"
    assert all(one.is_there for one in reading.submission(made) if one.asks == "S")


@pytest.mark.django_db
def test_the_leader_does_not_sign_the_gates_of_the_own_project():
    phase = project().phases.get(number=1)
    deliver_all(phase)

    with pytest.raises(ApqpRefused, match="Another person"):
        sign(phase, by=leader())
    with pytest.raises(DatabaseError, match="leader"), transaction.atomic():
        ApqpPhase.objects.filter(pk=phase.pk).update(status="PASSED", passed_by=leader(), passed_at=NOW)
    with pytest.raises(Forbidden):
        sign(phase, by=person("OP", "OPERATOR"))


@pytest.mark.django_db
def test_what_a_passed_gate_rests_on_stays():
    phase = project().phases.get(number=1)
    deliver_all(phase)
    one = phase.deliverables.first()
    apqp.reopen(deliverable=one, reason="Wrong drawing", by=leader(), at=NOW)
    deliver_all(phase)
    sign(phase)

    with pytest.raises(ApqpRefused, match="is passed"):
        apqp.reopen(deliverable=one, reason="Again", by=leader(), at=NOW)
    with pytest.raises(ApqpRefused, match="is passed"):
        apqp.add(phase=phase, name="More", due_at=NOW, by=leader(), at=NOW)
    with pytest.raises(DatabaseError, match="rests on"), transaction.atomic():
        ApqpDeliverable.objects.filter(pk=one.pk).update(status="OPEN", ended_at=None, ended_by=None)


def test_a_gate_signed_while_a_deliverable_is_opened_again_never_passes_unfinished(at_once):
    phase = project().phases.get(number=1)
    deliver_all(phase)
    one, boss, lead = phase.deliverables.first(), engineer("BOSS"), leader()

    at_once(
        lambda: sign(phase, by=boss),
        lambda: apqp.reopen(deliverable=one, reason="Wrong drawing", by=lead, at=NOW),
    )

    one.refresh_from_db(), phase.refresh_from_db()
    assert (phase.status == "PASSED") != (one.status == "OPEN")


@pytest.mark.django_db
def test_a_failed_report_stays_and_is_replaced_before_anything_is_delivered():
    one = ApqpDeliverable.objects.get(phase__project=project(), proof="DV")
    told = {"deliverable": one, "evidence": "DOC", "by": leader(), "at": NOW}

    with pytest.raises(ApqpRefused, match="there is none yet"):
        apqp.deliver(**told)
    failed = report(one, result="FAIL", finding="Two cracks")
    with pytest.raises(ApqpRefused, match="R-1"):
        apqp.deliver(**told)
    better = report(one, number="R-2", replaces=failed)

    assert (apqp.deliver(**told).status, better.kind, ValidationReport.objects.count()) == ("DONE", "DV", 2)
    with pytest.raises(ApqpRefused):
        report(one, number="R-3", replaces=failed)
    with pytest.raises(DatabaseError), transaction.atomic():
        ValidationReport.objects.update(result="PASS")


@pytest.mark.django_db
def test_only_its_owner_or_quality_delivers_and_with_evidence():
    one = ApqpDeliverable.objects.filter(phase__project=project(), proof="").first()
    apqp.assign(deliverable=one, owner=person("PL", "PLANNER"), due_at=GATES[0], by=leader(), at=NOW)

    with pytest.raises(ApqpRefused, match="Person PL"):
        apqp.deliver(deliverable=one, evidence="DOC", by=person("PL2", "PLANNER"), at=NOW)
    with pytest.raises(ApqpRefused, match="proves"):
        apqp.deliver(deliverable=one, evidence=" ", by=person("PL"), at=NOW)
    assert apqp.deliver(deliverable=one, evidence="DOC", by=person("PL"), at=NOW).status == "DONE"
    with pytest.raises(Refusal):
        apqp.deliver(deliverable=one, evidence="DOC", by=person("PL"), at=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize("fields", [{"name": " "}, {"gates": GATES[::-1]}, {"gates": GATES[:4]}])
def test_a_project_that_makes_no_sense_is_not_begun(fields):
    with pytest.raises(ApqpRefused):
        project(**fields)


@pytest.mark.django_db
def test_what_is_overdue_is_told_to_its_owner_then_to_the_manager_and_not_once_it_is_given_up():
    made, system = project(), persons.system("qms")
    one = ApqpDeliverable.objects.filter(phase__project=made).first()
    apqp.assign(deliverable=one, owner=person("PL", "PLANNER"), due_at=NOW, by=leader(), at=NOW)
    person("QM", "QUALITY_MANAGER")

    steps = [
        sum(escalations.escalate(subject=late, by=system, at=at) for late in overdue.deliverables(at))
        for at in (NOW + timedelta(hours=1), NOW + timedelta(days=2))
    ]
    apqp.cancel(project=made, reason="Customer withdrew", by=leader(), at=NOW)

    assert steps == [1, 1]
    told = JournalEntry.objects.filter(kind="apqpproject.deliverable-escalated").order_by("pk")
    assert [entry.data["to"] for entry in told] == ["PL", "QUALITY_MANAGER"]
    assert (list(overdue.deliverables(NOW + timedelta(days=9))), ApqpProject.objects.get().status) == ([], "CANCELLED")
