"""The table of rights for people to read: what each role may do, and who holds it."""

from dataclasses import dataclass
from typing import Any

from plant import scoping
from plant.models import Person, PersonKind, Role
from plant.permissions import ACTIONS
from plant.words_of_actions import ELSE, GROUPS, group, word


@dataclass(frozen=True, slots=True)
class Line:
    """An action, and for each role whether it may."""

    action: str
    word: Any
    cells: tuple[bool, ...]


def matrix() -> list[tuple[Any, list[Line]]]:
    """Each group of actions with its lines; what only programs do is left out."""
    lines = [
        Line(action, word(action), tuple(role in holders for role in Role.values))
        for action, holders in ACTIONS.items() if not holders.isdisjoint(Role.values)
    ]
    headings = [label for label, _nouns in GROUPS] + [ELSE]
    return [(label, [line for line in lines if group(line.action) == label]) for label in headings]


def holders(person: Person) -> list[tuple[Role, list[Person]]]:
    """Every role with whoever holds it, as far as somebody sees."""
    rows = Person.objects.filter(kind=PersonKind.HUMAN, is_active=True).prefetch_related("personrole_set")
    people = list(scoping.visible(rows, person).order_by("number"))
    roles = {one.pk: {row.role for row in one.personrole_set.all()} for one in people}
    return [(role, [one for one in people if role in roles[one.pk]]) for role in Role]
