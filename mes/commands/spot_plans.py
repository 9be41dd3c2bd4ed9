"""Planning spot checks of trace chains: what is drawn when, and who answers for what is missing."""

from dataclasses import dataclass
from datetime import datetime, time

from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from mes.models import SpotCheckPlan
from plant import policies
from plant.commands import journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Equipment, Person
from plant.queries import places
from plant.transactions import command, undoable
from qms.models import ProductFamily


class SpotRefused(Refusal):
    """Something about spot checks that can't be."""

    code = "spot-check-refused"


@dataclass(frozen=True, slots=True)
class Terms:
    """What a plan says."""

    name: str
    site: Equipment
    lots: int
    weekday: int
    time: time
    due_days: int
    owner_role: str
    line: Equipment | None = None
    family: ProductFamily | None = None
    owner: Person | None = None
    is_active: bool = True


@command
def create(*, terms: Terms, by: Person, at: datetime) -> SpotCheckPlan:
    """Plan a weekly draw; it begins with the next moment that its day and time name."""
    policies.check(by, "spot-check.plan", on=terms.site)
    check(terms)
    made = SpotCheckPlan(begins_at=at)
    write(made, terms)
    journal.record("spotcheckplan.created", subject=made, by=by, data=told(made))
    return made


@command
def change(*, plan: SpotCheckPlan, terms: Terms, by: Person, at: datetime) -> SpotCheckPlan:
    """Change a plan; what was drawn stays as it was. One that draws again begins anew, and makes up for nothing."""
    policies.check(by, "spot-check.plan", on=plan)
    policies.check(by, "spot-check.plan", on=terms.site)
    check(terms)
    found = lock(SpotCheckPlan.objects.filter(pk=plan.pk))[0]
    before = told(found)
    if terms.is_active and not found.is_active:
        found.begins_at = at
    write(found, terms)
    journal.record("spotcheckplan.changed", subject=found, by=by, data={"was": before, "now": told(found)})
    return found


def check(terms: Terms) -> None:
    """Refuse what makes no sense, before the database does."""
    if not terms.name.strip():
        raise SpotRefused(_("Name the plan."), facts={"field": "name"})
    if terms.line is not None and places.site_of(terms.line).pk != terms.site.pk:
        message = _("%(line)s stands at another site. Choose the line's own site.")
        raise SpotRefused(message % {"line": terms.line}, facts={"field": "line"})
    if terms.owner is not None and not policies.may(terms.owner, "spot-check.answer"):
        message = _("%(person)s has no role that may answer findings. Choose somebody else.")
        raise SpotRefused(message % {"person": terms.owner}, facts={"field": "owner"})


def write(plan: SpotCheckPlan, terms: Terms) -> None:
    """Keep what it says; a name is given once."""
    for name in Terms.__slots__:
        setattr(plan, name, getattr(terms, name))
    plan.name = terms.name.strip()
    try:
        with undoable():
            plan.save()
    except IntegrityError as error:
        if "name" not in str(error):
            raise
        message = _("There is a plan “%(name)s” already. Give this one another name.")
        raise SpotRefused(message % {"name": plan.name}, facts={"field": "name"}) from error


def told(plan: SpotCheckPlan) -> dict[str, object]:
    """What the journal keeps of it."""
    return {
        "name": plan.name, "site": plan.site.code, "line": plan.line.code if plan.line else "",
        "family": plan.family.code if plan.family else "", "lots": plan.lots, "weekday": plan.weekday,
        "time": plan.time, "due_days": plan.due_days, "owner_role": plan.owner_role,
        "owner": plan.owner.number if plan.owner else "", "is_active": plan.is_active,
    }
