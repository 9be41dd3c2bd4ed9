"""People: roles, badges, PINs."""

import pytest

from plant import pins
from plant.commands import persons
from plant.models import JournalEntry, Person, Role
from plant.policies import Forbidden
from tests import factories

pytestmark = pytest.mark.django_db
PIN = "270418"


def admin():
    return factories.person("ADMIN", Role.ADMINISTRATOR)


def badge_holder():
    person = factories.person("OP", Role.OPERATOR)
    persons.set_badge(person=person, badge="B-77", by=admin())
    return persons.set_pin(person=person, pin=PIN, by=admin())


def wrong_pins(times):
    for _ in range(times):
        with pytest.raises(persons.SignOnRefused):
            persons.sign_on_by_badge("B-77", "999990")


def test_add_gives_roles_and_writes_it_down():
    person = persons.add(number="N1", name="Li Na", roles=[Role.PLANNER, Role.VIEWER], by=admin())

    assert Person.objects.get(pk=person.pk).roles == {Role.PLANNER, Role.VIEWER}
    assert JournalEntry.objects.get(kind="person.added").data["roles"] == ["PLANNER", "VIEWER"]


def test_a_number_is_never_given_twice():
    persons.add(number="N1", name="Li Na", roles=[], by=admin())

    with pytest.raises(persons.PersonRefused):
        persons.add(number="N1", name="Wang Wei", roles=[], by=admin())


def test_only_administrators_give_roles():
    leader = factories.person("TL", Role.TEAM_LEADER)

    with pytest.raises(Forbidden):
        persons.set_roles(person=factories.person("X"), roles=[Role.QUALITY_MANAGER], by=leader)


def test_nobody_changes_their_own_roles():
    boss = admin()

    with pytest.raises(persons.PersonRefused):
        persons.set_roles(person=boss, roles=Role.values, by=boss)


def test_set_roles_keeps_old_and_new_in_the_journal():
    person = factories.person("X", Role.VIEWER)

    persons.set_roles(person=person, roles=[Role.PLANNER], by=admin(), reason="moved")

    entry = JournalEntry.objects.get(kind="person.roles")
    assert (entry.data, entry.reason) == ({"roles": [["VIEWER"], ["PLANNER"]]}, "moved")
    assert person.roles == {Role.PLANNER}


def test_a_role_that_does_not_exist_is_refused():
    with pytest.raises(persons.PersonRefused):
        persons.set_roles(person=factories.person("X"), roles=["WIZARD"], by=admin())


@pytest.mark.parametrize("password", ["short", "password1234", "111111111111"])
def test_a_weak_password_is_refused(password):
    with pytest.raises(persons.PersonRefused):
        persons.set_password(person=factories.person("X"), password=password, by=admin())


@pytest.mark.parametrize("pin", ["12345", "123456", "000000", "987654", "abcdef", "١٢٣٤٥٦", "1" * 13, ""])
def test_a_weak_pin_is_refused(pin):
    with pytest.raises(persons.PersonRefused):
        persons.set_pin(person=factories.person("X"), pin=pin, by=admin())


def test_a_badge_belongs_to_one_person():
    badge_holder()

    with pytest.raises(persons.PersonRefused):
        persons.set_badge(person=factories.person("OTHER"), badge="B-77", by=admin())


def test_badge_and_pin_sign_on():
    person = badge_holder()

    found = persons.sign_on_by_badge(" B-77 ", PIN)

    assert found == person
    assert JournalEntry.objects.filter(kind="person.signed-on", subject_id=str(person.pk)).count() == 1


def test_a_pin_is_not_stored_and_not_the_same_twice():
    assert PIN not in pins.hashed(PIN)
    assert pins.hashed(PIN) != pins.hashed(PIN)


def test_the_pepper_is_needed(settings):
    stored = pins.hashed(PIN)
    settings.PIN_PEPPER = "another"

    assert not pins.matches(PIN, stored)


def test_a_badge_alone_opens_nothing():
    person = factories.person("OP", Role.OPERATOR)
    persons.set_badge(person=person, badge="B-77", by=admin())

    with pytest.raises(persons.SignOnRefused):
        persons.sign_on_by_badge("B-77", "")


@pytest.mark.parametrize("badge", ["", "B-78", "' OR 1=1 --"])
def test_an_unknown_badge_is_refused(badge):
    badge_holder()

    with pytest.raises(persons.SignOnRefused):
        persons.sign_on_by_badge(badge, PIN)


def test_five_wrong_pins_block_the_badge_even_for_the_right_one():
    badge_holder()
    wrong_pins(5)

    with pytest.raises(persons.SignOnRefused) as refused:
        persons.sign_on_by_badge("B-77", PIN)

    assert refused.value.code == "badge-blocked"
    assert JournalEntry.objects.filter(kind="person.blocked").count() == 1


def test_four_wrong_pins_are_forgiven_by_the_right_one():
    badge_holder()
    wrong_pins(4)

    persons.sign_on_by_badge("B-77", PIN)

    assert Person.objects.get(number="OP").pin_failures == 0


def test_a_team_leader_unblocks_and_an_operator_does_not():
    person = badge_holder()
    wrong_pins(5)
    with pytest.raises(Forbidden):
        persons.unblock_badge(person=person, by=factories.person("OP2", Role.OPERATOR))

    persons.unblock_badge(person=person, by=factories.person("TL", Role.TEAM_LEADER))

    assert persons.sign_on_by_badge("B-77", PIN) == person


def test_nobody_unblocks_their_own_badge():
    leader = factories.person("TL", Role.TEAM_LEADER)

    with pytest.raises(persons.PersonRefused):
        persons.unblock_badge(person=leader, by=leader)


def test_a_switched_off_person_cannot_sign_on():
    person = badge_holder()
    Person.objects.filter(pk=person.pk).update(is_active=False)

    with pytest.raises(persons.SignOnRefused):
        persons.sign_on_by_badge("B-77", PIN)


def test_a_language_that_is_not_spoken_is_ignored():
    person = factories.person("X")

    persons.choose_language(language="tlh", by=person)
    persons.choose_language(language="en", by=person)

    assert Person.objects.get(pk=person.pk).language == "en"
