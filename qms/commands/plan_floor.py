"""A floor that moved on beneath a plan in effect: noticed when a routing comes into effect, carried there again."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from plant import policies
from plant.commands import desks, journal, signatures
from plant.errors import Refusal
from plant.locks import lock
from plant.models import MaterialDefinition, NoticeKind, Person, ReviewStatus
from plant.transactions import command
from qms.floor import Change
from qms.models import ControlPlan
from qms.queries import releases


class FloorRefused(Refusal):
    """Something that can't be carried to the floor."""

    code = "floor-refused"


def hash_of(changes: Iterable[Change]) -> str:
    """By what it is known whether somebody saw these very changes."""
    return signatures.content_hash({"floor": [change.told for change in changes]})


@command
def routing_came(
    *, material: MaterialDefinition | None, routing: str, by: Person, at: datetime
) -> list[ControlPlan]:
    """A routing came into effect: the plans whose charts and checks it lacks now, each told to who answers for it."""
    policies.check(by, "control-plan.read")
    found = []
    for plan in releases.of_routing(material, routing):
        changes = releases.open_on_floor(plan, at)
        if not changes:
            continue
        found.append(plan)
        counted = dict(Counter(f"{one.noun.lower()} {one.verb.lower()}" for one in changes))
        journal.record("controlplan.floor-moved", subject=plan, by=by, data={"routing": routing, **counted})
        title = _("%(plan)s is not what the floor does since %(routing)s came into effect") % {
            "plan": plan, "routing": routing}
        for person in {one for one in (plan.approved_by, plan.written_by) if one is not None}:
            desks.tell(person=person, kind=NoticeKind.NEWS, title=title, url=releases.url(plan), by=by, at=at)
    return found


@command
def carry_out(*, plan: ControlPlan, seen_hash: str, by: Person, at: datetime) -> ControlPlan:
    """Make the floor what the signed plan says, by the routing in effect now."""
    policies.check(by, "control-plan.approve", plan=str(plan))
    fresh = lock(ControlPlan.objects.filter(pk=plan.pk))[0]
    if fresh.status != ReviewStatus.EFFECTIVE:
        raise FloorRefused(_("%(plan)s is not in effect. Open the revision that is.") % {"plan": fresh})
    changes = releases.open_on_floor(fresh, at)
    if hash_of(changes) != seen_hash:
        raise FloorRefused(_("The floor changed meanwhile. Look at the list again, then carry it out."))
    for change in changes:
        if change.carry_out is not None:
            change.carry_out(by, at)
    counted = Counter(f"{one.noun.lower()} {one.verb.lower()}" for one in changes)
    journal.record("controlplan.carried-out", subject=fresh, by=by, data=dict(counted))
    return fresh
