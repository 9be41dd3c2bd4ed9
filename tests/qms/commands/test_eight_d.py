"""8D: stages in order, revisions kept, actions verified by others, orders to the floor, nobody judges themselves."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from plant.errors import Refusal
from plant.models import Person, Role
from plant.policies import Forbidden
from qms.commands import capa_actions, capa_causes, capa_orders, capa_stages, capas
from qms.models import CorrectiveAction
from tests.factories import NOW, line, person
from tests.qms import eight_d_world as world
from tests.qms import factories as make
from traceability.models import Hold, MaterialLot

pytestmark = pytest.mark.django_db


def by(number: str = "QE"):
    return {"by": make.engineer(number), "at": NOW}


def test_stages_are_finished_in_their_order():
    capa = world.to_stage(world.opened(), "D3")

    with pytest.raises(capas.CapaRefused) as refused:
        capa_stages.finish(capa=capa, code="D4", **by())

    assert (refused.value.code, refused.value.facts["stages"]) == ("stages-open", ["D3"])


@pytest.mark.parametrize("code", ["D0", "D1", "D2", "D4", "D5"])
def test_a_stage_without_what_it_asks_for_is_not_finished(code):
    capa = world.to_stage(world.opened(), code)
    CorrectiveAction.objects.filter(pk=capa.pk).update(root_cause="Because")

    with pytest.raises(capas.CapaRefused) as refused:
        capa_stages.finish(capa=capa, code=code, **by())

    assert refused.value.code == "stage-incomplete"


def test_a_stage_opened_again_keeps_its_revision_and_opens_what_followed():
    capa = world.to_stage(world.opened(), "D4")

    capa_stages.reopen(capa=capa, code="D2", reason="It is on line 2 too", **by())
    capa_stages.write(capa=capa, code="D2", text="Both lines", **by())
    stage = capa_stages.finish(capa=capa, code="D2", **by())

    assert [one.content["text"] for one in stage.revisions.all()] == ["D2 is written", "Both lines"]
    assert list(capa.stages.filter(status="DONE").values_list("code", flat=True)) == ["D0", "D1", "D2"]


def test_what_belongs_to_a_finished_stage_is_not_changed():
    capa = world.to_stage(world.opened(), "D5")

    with pytest.raises(capas.CapaRefused) as refused:
        capa_causes.suppose(capa=capa, bone="MAN", text="Tired", **by())

    assert refused.value.code == "stage-finished"


@pytest.mark.parametrize("number", ["MT", "QE"])
def test_an_action_is_verified_by_another_person(number):
    capa = world.to_stage(world.opened(), "D6")
    action = capa.actions.get()
    capa_actions.finish_action(action=action, result="Done", by=make.engineer(), at=NOW)

    with pytest.raises(capas.CapaRefused) as refused:
        capa_actions.verify_action(action=action, is_good=True, finding="Looks well", **by(number))

    assert refused.value.code == "own-work"


def test_an_action_that_does_not_work_is_open_again():
    capa = world.to_stage(world.opened(), "D6")
    action = capa.actions.get()
    capa_actions.finish_action(action=action, result="Done", by=world.doer(), at=NOW)

    again = capa_actions.verify_action(action=action, is_good=False, finding="It still drifts", **by())

    assert (again.done_at, again.verified_at) == (None, None)
    with pytest.raises(capas.CapaRefused):
        capa_stages.finish(capa=capa, code="D6", **by())


@pytest.mark.parametrize("number", ["QE", "MT"])
def test_nobody_of_the_team_judges_its_effect(number):
    capa = world.watched()

    with pytest.raises(capas.CapaRefused) as refused:
        make.checked(capa, make.engineer(number))

    assert refused.value.code == "own-work"


@pytest.mark.parametrize("days", [0, 29])
def test_the_database_refuses_a_check_before_its_day_or_by_the_team(days):
    capa, helper = world.opened(), make.engineer("QE2")
    capa_stages.join(capa=capa, person=helper, **by())
    judge = helper if days == 0 else make.engineer("QE3")
    at = NOW + timedelta(days=days or 31)

    with pytest.raises(DatabaseError), transaction.atomic():
        CorrectiveAction.objects.filter(pk=capa.pk).update(checked_by=judge, checked_at=at, effective=True)


def test_the_database_lets_no_8d_go_on_with_open_stages():
    capa = world.to_stage(world.opened(), "D7")

    with pytest.raises(DatabaseError), transaction.atomic():
        CorrectiveAction.objects.filter(pk=capa.pk).update(status="EFFECTIVENESS")


def test_an_8d_is_closed_after_the_check_by_another_and_its_last_stage():
    capa = make.checked(world.watched(), make.engineer("QE2"))
    later = {"by": make.engineer(), "at": NOW + timedelta(days=32)}
    with pytest.raises(capas.CapaRefused):
        capas.close(capa=capa, **later)

    capa_stages.write(capa=capa, code="D8", text="Thanks to the night shift", **later)
    capa_stages.finish(capa=capa, code="D8", **later)

    assert capas.close(capa=capa, **later).status == "CLOSED"


def test_not_effective_opens_the_stages_from_the_root_cause_on():
    capa = make.checked(world.watched(), make.engineer("QE2"), effective=False, finding="It came again")

    assert capa.status == "ACTIONS"
    assert list(capa.stages.filter(status="OPEN").values_list("code", flat=True)) == ["D4", "D5", "D6", "D7", "D8"]


def test_one_capa_answers_several_nonconformances():
    cases = [make.report(make.board(number)) for number in ("B1", "B2", "B3")]

    capa = make.capa(cases[0], others=cases[1:])

    assert [case.capa_links.get().capa for case in cases] == [capa] * 3


def test_a_capa_for_a_complaint_needs_no_nonconformance():
    site = line().parent
    fields = {"source_kind": "COMPLAINT", "source_id": "CC1", "site": site, "owner": make.engineer(), **by()}

    capa = capas.open(
        title="Scratches", problem="Seen at the customer", due_at=NOW + timedelta(days=7),
        check_due_at=NOW + timedelta(days=30), **fields,
    )

    assert (capa.nonconformance, capa.source_id) == (None, "CC1")


def test_lots_set_aside_are_held_and_keep_it_from_being_closed():
    capa = world.opened()
    lot = make.board("B7", at_oven=False)
    capa_orders.quarantine(capa=capa, lots=[lot], reason="Same oven", **by())
    assert MaterialLot.objects.get(pk=lot.pk).status == "HELD"

    capa.stages.all().update(status="DONE", done_by=make.engineer(), done_at=NOW, revision=1)
    CorrectiveAction.objects.filter(pk=capa.pk).update(status="EFFECTIVENESS", effective=True)
    with pytest.raises(capas.CapaRefused) as refused:
        capas.close(capa=capa, **by())
    hold = Hold.objects.get(cause_kind="CAPA")
    capa_orders.let_go(capa=capa, hold=hold, reason="Measured, well", **by())

    assert refused.value.code == "still-held"
    assert MaterialLot.objects.get(pk=lot.pk).status == "AVAILABLE"


@pytest.mark.parametrize("kind", ["CAPA", "CASE"])
def test_a_line_is_stopped_by_order_until_somebody_lets_it_go_on(kind):
    capa = world.opened()
    subject = capa if kind == "CAPA" else capa.nonconformance

    capa_orders.stop(subject=subject, place=line(), reason="Boards burn", **by())

    hold = Hold.objects.get(cause_kind="STOPPAGE")
    assert (hold.target_id, hold.placed_by) == ("LINE", make.engineer())


def test_put_off_with_a_reason_begins_the_escalation_anew():
    capa = world.to_stage(world.opened(), "D6")
    action = capa.actions.get()
    type(action).objects.filter(pk=action.pk).update(escalations=2)

    later = capa_actions.put_off(action=action, due_at=NOW + timedelta(days=9), reason="Part is late", **by())

    assert (later.due_at, later.escalations) == (NOW + timedelta(days=9), 0)


ACTS = {
    "capa.edit": lambda capa, who: capa_stages.write(capa=capa, code="D0", text="x", by=who, at=NOW),
    "capa.verify": lambda capa, who: capa_actions.verify_action(
        action=capa.actions.get(), is_good=True, finding="x", by=who, at=NOW),
    "capa.do": lambda capa, who: capa_actions.finish_action(action=capa.actions.get(), result="x", by=who, at=NOW),
}


@pytest.mark.parametrize("action", ACTS)
@pytest.mark.parametrize("role", Role.values)
def test_who_may_do_what_follows_the_table(action, role):
    from plant.permissions import ACTIONS

    capa = world.opened()
    world.corrective(capa)
    who: Person = person("X", role)
    try:
        ACTS[action](capa, who)
        outcome = True
    except Forbidden:
        outcome = False
    except Refusal:
        outcome = True

    assert outcome == (role in ACTIONS[action])


def test_a_revision_is_written_once():
    capa = world.to_stage(world.opened(), "D1")

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE qms_capastagerevision SET number = 9 WHERE stage_id IN (SELECT id FROM qms_capastage)")
    assert capa.stages.get(code="D0").revisions.count() == 1
