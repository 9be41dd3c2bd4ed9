"""Deny by default, from the table alone, and at once when a role changes."""

import pytest

from plant import policies
from plant.models import Person, PersonRole, Role
from plant.permissions import ACTIONS, PROGRAMS, TOPICS
from plant.queries.persons import system
from tests import factories

# What an administrator may do: keep the house, and look. Nothing that writes a fact.
KEEPING = {
    "master.edit", "people.edit", "api-key.create", "badge.unblock", "plc.configure", "device.manage", "label.print",
    "wall.manage", "view.save", "view.share", "view.curate", "talk.say", "talk.attach", "talk.moderate",
    "channel.keep", "connection.keep", "delivery.replay", "feedback.tell", "feedback.answer",
    "file.import",  # what the rows of a file are asks for its own action besides
}


def test_every_holder_in_the_table_exists():
    holders = set().union(*ACTIONS.values())

    assert holders <= set(Role.values) | PROGRAMS


def test_every_topic_asks_for_an_action_of_the_table():
    assert set(TOPICS.values()) <= set(ACTIONS)


def test_administrators_write_no_facts():
    may = {action for action, roles in ACTIONS.items() if Role.ADMINISTRATOR in roles}
    looking = {action for action in may if action.endswith((".read", ".view", ".use"))}

    assert may - looking == KEEPING


@pytest.mark.django_db
def test_an_action_outside_the_table_is_nobodys():
    everything = factories.person("ALL", *Role.values)

    assert not policies.may(everything, "reactor.melt")
    with pytest.raises(policies.Forbidden):
        policies.check(everything, "reactor.melt")


@pytest.mark.django_db
def test_somebody_without_roles_may_nothing():
    nobody = factories.person("NOBODY")

    assert [action for action in ACTIONS if policies.may(nobody, action)] == []


@pytest.mark.django_db
def test_a_switched_off_account_may_nothing():
    gone = factories.person("GONE", Role.QUALITY_MANAGER, is_active=False)

    assert [action for action in ACTIONS if policies.may(gone, action)] == []


@pytest.mark.django_db
def test_a_role_taken_away_is_gone_at_once():
    someone = factories.person("QE", Role.QUALITY_ENGINEER)
    assert policies.may(someone, "hold.release")

    PersonRole.objects.filter(person=someone).delete()

    assert not policies.may(Person.objects.get(pk=someone.pk), "hold.release")


@pytest.mark.django_db
def test_a_refusal_names_who_may():
    operator = factories.person("OP", Role.OPERATOR)

    with pytest.raises(policies.Forbidden) as refused:
        policies.check(operator, "hold.release", hold=7)

    assert refused.value.facts == {"action": "hold.release", "hold": "7"}
    assert str(Role.QUALITY_ENGINEER.label) in str(refused.value)


@pytest.mark.django_db
def test_the_plants_own_programs_contain_but_do_not_dispose():
    engine = system("spc")

    assert policies.may(engine, "hold.place")
    assert not policies.may(engine, "nonconformance.dispose")
