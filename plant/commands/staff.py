"""People as the personnel system of the company knows them: who there is, where, and who has left."""

from django.utils.translation import gettext as _

from plant import policies
from plant.commands import journal, master
from plant.commands.persons import PersonRefused
from plant.locks import lock
from plant.models import Equipment, Person, PersonKind
from plant.transactions import command


@command
def take(*, number: str, name: str, active: bool, by: Person, site: Equipment | None = None) -> tuple[Person, bool]:
    """Make somebody known, or bring them up to date; the person, and whether they are new.

    Nobody gains a right by this: somebody new has no role, password or badge until an administrator gives them.
    """
    policies.check(by, "people.import", person=number)
    found = lock(Person.objects.filter(number=number))
    if not found:
        person = Person(number=number, name=name, site=site, is_active=active)
        person.set_unusable_password()
        person.save()
        journal.record("person.added", subject=person, by=by, data={"number": number, "roles": []})
        return person, True
    person = found[0]
    if person.kind != PersonKind.HUMAN:
        raise PersonRefused(_("%(number)s is a program, and people don't become programs. Choose another number.")
                            % {"number": number})
    fields = {"name": name, "is_active": active, **({"site": site} if site else {})}
    return master.change(person, fields, by=by), False
