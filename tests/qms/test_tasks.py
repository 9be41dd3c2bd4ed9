"""What waits too long is told further up, once for each step."""

from datetime import timedelta

import pytest

from plant import inbox, live
from plant.commands import desks
from plant.models import Equipment, JournalEntry, Notice, Role
from plant.queries import persons
from qms.commands import capas, escalations
from qms.models import Nonconformance
from qms.tasks import escalate_overdue
from tests.factories import NOW, person, site
from tests.qms import factories as make

pytestmark = pytest.mark.django_db


def test_escalate_overdue_tells_once_for_each_step():
    make.reaction()
    make.contain()

    assert [escalate_overdue(), escalate_overdue()] == [1, 0]
    assert JournalEntry.objects.get(kind="nonconformance.escalated").data["step"] == 3


def test_escalate_before_it_is_due_does_nothing():
    make.reaction(respond_minutes=15)
    case = make.contain().nonconformance

    assert escalations.escalate(subject=case, by=persons.system("qms"), at=NOW) is False
    assert escalations.escalate(subject=case, by=persons.system("qms"), at=NOW + timedelta(minutes=15)) is True


def stepped(subject, **later):
    return escalations.escalate(subject=subject, by=persons.system("qms"), at=NOW + timedelta(**later))


def test_an_overdue_capa_is_told_to_its_owner_then_to_the_manager():
    one = make.capa(make.report(make.board("B1")))

    assert [stepped(one, days=6), stepped(one, days=7), stepped(one, days=7), stepped(one, days=8)] == [
        False, True, False, True,
    ]
    told = JournalEntry.objects.filter(kind="correctiveaction.escalated").order_by("id")
    assert [entry.data["to"] for entry in told] == ["QE", "QUALITY_MANAGER"]


def test_an_overdue_action_comes_to_the_managers_inbox_once_its_owner_let_it_lie():
    one, manager = make.capa(make.report(make.board("B1"))), person("QM", Role.QUALITY_MANAGER)
    owner = person("MT", Role.MAINTENANCE)
    capas.add_action(
        capa=one, description="New fan", owner=owner, due_at=NOW + timedelta(days=1), by=make.engineer(), at=NOW
    )
    action = one.actions.get()

    assert any("New fan" in item.title for item in inbox.gather(owner))
    assert stepped(action, days=1)
    assert not any("New fan" in item.title for item in inbox.gather(manager))
    assert stepped(action, days=2)
    assert not stepped(action, days=9)
    tasks = [item for item in inbox.gather(manager) if item.group == "task"]
    assert [item.detail for item in tasks if "New fan" in item.title] == [str(owner)]


def test_a_check_that_nobody_makes_is_escalated_a_week_after_its_day():
    one, by = make.capa(make.report(make.board("B1"))), {"by": make.engineer(), "at": NOW}
    capas.set_root_cause(capa=one, root_cause="Dust", **by)
    action = capas.add_action(capa=one, description="Clean", owner=make.engineer(), due_at=NOW, **by)
    capas.finish_action(action=action, result="Cleaned", **by)
    waiting = capas.start_check(capa=one, **by)

    assert [stepped(waiting, days=36), stepped(waiting, days=37)] == [False, True]


def test_the_clock_escalates_capas_and_actions():
    one = make.capa(make.report(make.board("B1"), owner_role=Role.QUALITY_ENGINEER))
    capas.add_action(capa=one, description="New fan", owner=make.engineer(), due_at=NOW, by=make.engineer(), at=NOW)

    assert (escalate_overdue(), escalate_overdue()) == (3, 0)


def test_an_escalation_moves_the_desks_of_those_it_concerns(monkeypatch):
    hints = []
    monkeypatch.setattr(live, "push", lambda topic, event, data=None: hints.append(topic))
    one, owner = make.capa(make.report(make.board("B1"))), make.engineer()
    manager = person("QM", Role.QUALITY_MANAGER, site=site(), language="zh-hans")
    person("FAR", Role.QUALITY_MANAGER, site=elsewhere())

    stepped(one, days=7), stepped(one, days=9)

    assert list(Notice.objects.values_list("person__number", "kind").order_by("pk")) == [
        (owner.number, "ESCALATION"), ("QM", "ESCALATION"),
    ]
    assert {f"person.{owner.pk}", f"person.{manager.pk}"} <= set(hints)
    assert Notice.objects.get(person=manager).title.startswith("等得太久")


def elsewhere():
    return Equipment.objects.create(code="SITE-2", name="Other", level="SITE")


def test_who_has_not_read_the_last_escalation_is_told_once():
    person("IN", Role.QUALITY_ENGINEER)
    make.reaction()
    make.contain()
    case = Nonconformance.objects.get()

    desk = {"subject": case, "what": lambda: "x", "by": persons.system("qms"), "at": NOW}
    told = [desks.escalate(people=[person("IN")], **desk) for _step in range(2)]

    assert [len(notices) for notices in told] == [1, 0]
