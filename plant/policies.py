"""May this person do this: asked anew each time, denied unless the table says so."""

from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from plant import modules, scoping
from plant.errors import Refusal
from plant.models import Person, PersonKind, Role
from plant.permissions import ACTIONS


class Forbidden(Refusal):
    """The person's roles do not allow the action."""

    code = "forbidden"


def standing(person: Any) -> frozenset[str]:
    """The roles of a person; for a program, what kind of program it is."""
    if not isinstance(person, Person) or not person.is_active:
        return frozenset()
    return person.roles if person.kind == PersonKind.HUMAN else frozenset({person.kind}) | person.roles


def may(by: Any, action: str) -> bool:
    """Whether somebody may do an action; an action that the table does not name is nobody's."""
    if standing(by).isdisjoint(ACTIONS.get(action, frozenset())):
        return False
    return by.kind != PersonKind.HUMAN or not modules.of_action(action)


def why_not(by: Any, action: str) -> str:
    """What to tell somebody who may not, for the button that stays grey; empty when they may."""
    if may(by, action):
        return ""
    if part := modules.of_action(action):
        return _("“%(module)s” is switched off in this plant.") % {"module": modules.MODULES[part].title}
    names = [str(Role(role).label) for role in Role.values if role in ACTIONS.get(action, ())]
    if not names:
        return _("Nobody may do this from here.")
    return _("Your roles do not allow this. Ask: %(roles)s.") % {"roles": ", ".join(names)}


def check(by: Any, action: str, *, on: Model | None = None, **context: Any) -> None:
    """Refuse unless somebody may do an action, and reaches what they do it on; the context is told along."""
    if not may(by, action):
        facts = {key: str(value) for key, value in context.items()}
        raise Forbidden(why_not(by, action), facts={"action": action, **facts})
    if on is not None:
        scoping.check(by, on)
