"""Guessing a PIN on many tablets at once."""

from plant.commands import persons
from plant.models import Person, Role
from tests import factories


def test_tries_at_the_same_time_are_all_counted(at_once):
    admin = factories.person("ADMIN", Role.ADMINISTRATOR)
    person = factories.person("OP", Role.OPERATOR)
    persons.set_badge(person=person, badge="B-77", by=admin)
    persons.set_pin(person=person, pin="270418", by=admin)

    results = at_once(*[lambda: persons.sign_on_by_badge("B-77", "999990")] * 8)

    codes = sorted(result.code for result in results)
    assert codes == ["badge-blocked"] * 3 + ["sign-on-refused"] * 5
    assert Person.objects.get(number="OP").pin_failures == 6
