"""Both books side by side: what differs becomes somebody's task, and ends when it agrees again or is settled."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from integrations.adapters.port import Total
from integrations.models import Connection, Difference, DifferenceStatus, Measure, Reconciliation
from plant import policies
from plant.commands import journal
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Person
from plant.spoken import cut
from plant.transactions import command

ANSWER = timedelta(days=1)
Key = tuple[str, str, str]  # measure, order, material


class NotSettled(Refusal):
    """A difference that can't be settled so."""

    code = "not-settled"


def keyed(totals: Iterable[Total]) -> dict[Key, Total]:
    """Totals by what they count; what is told in parts is added up."""
    found: dict[Key, Total] = {}
    for one in totals:
        key = (one.measure, one.order, one.material)
        before = found.get(key)
        quantity = one.quantity + (before.quantity if before else Decimal(0))
        found[key] = Total(one.measure, one.order, one.material, quantity, one.unit)
    return found


@command
def compared(
    *, connection: Connection, ours: Iterable[Total], theirs: Iterable[Total], orders: int, by: Person, at: datetime,
    error: str = "",
) -> Reconciliation:
    """Keep a comparison: a difference that is new is opened, one that is gone is ended, one that goes on is kept."""
    policies.check(by, "reconciliation.run", connection=connection.code)
    lock(Connection.objects.filter(pk=connection.pk))
    mine, others = keyed(ours), keyed(one for one in theirs if one.measure in Measure.values)
    differing = [key for key in sorted(mine.keys() | others.keys()) if _amount(mine, key) != _amount(others, key)]
    made = Reconciliation.objects.create(
        connection=connection, at=at, orders=orders, compared=len(mine.keys() | others.keys()),
        differing=len(differing), error=cut(error, 300),
    )
    if error:
        return made
    open_rows = {
        (row.measure, row.order, row.material): row
        for row in lock(Difference.objects.filter(connection=connection, status=DifferenceStatus.OPEN))
    }
    for key in differing:
        _open(connection, key, mine, others, open_rows.pop(key, None), by, at)
    told = {order for _measure, order, _material in mine.keys() | others.keys()}
    for (_measure, order, _material), row in open_rows.items():
        if order in told:
            journal.move(row, to=DifferenceStatus.GONE, by=by, ended_at=at)
    return made


def _amount(found: dict[Key, Total], key: Key) -> Decimal:
    return found[key].quantity if key in found else Decimal(0)


def _open(
    connection: Connection, key: Key, mine: dict[Key, Total], others: dict[Key, Total], row: Difference | None,
    by: Person, at: datetime,
) -> None:
    unit = next((one[key].unit for one in (mine, others) if key in one and one[key].unit), "")
    figures = {"ours": _amount(mine, key), "theirs": _amount(others, key), "seen_at": at}
    if row is not None:
        Difference.objects.filter(pk=row.pk).update(**figures)
        return
    measure, order, material = key
    fresh = Difference.objects.create(
        connection=connection, site=connection.site, measure=measure, order=order, material=material, unit=unit,
        found_at=at, due_at=at + ANSWER, **figures,
    )
    data = {"ours": figures["ours"], "theirs": figures["theirs"], "unit": unit}
    journal.record("difference.opened", subject=fresh, by=by, data=data)


@command
def assign(*, difference: Difference, owner: Person, by: Person, at: datetime) -> Difference:
    """Give a difference to somebody who finds out where it comes from."""
    policies.check(by, "reconciliation.settle", on=difference)
    row = _open_one(difference)
    if not policies.may(owner, "reconciliation.settle"):
        message = _("%(person)s may not settle differences. Choose a planner, the warehouse or a quality manager.")
        raise NotSettled(message % {"person": owner.name}, facts={"field": "owner"})
    Difference.objects.filter(pk=row.pk).update(owner=owner)
    journal.record("difference.assigned", subject=row, by=by, data={"to": owner.number, "at": at})
    row.owner = owner
    return row


@command
def settle(*, difference: Difference, reason: str, by: Person, at: datetime) -> Difference:
    """End a difference that is explained; if it goes on, the next comparison opens it anew."""
    policies.check(by, "reconciliation.settle", on=difference)
    row = _open_one(difference)
    if not reason.strip():
        raise NotSettled(_("Say where the difference came from and what was done about it."), facts={"field": "reason"})
    kept = reason.strip()[:500]
    Difference.objects.filter(pk=row.pk).update(reason=kept)
    journal.move(row, to=DifferenceStatus.SETTLED, by=by, reason=kept, ended_at=at, owner=row.owner or by)
    return row


def _open_one(difference: Difference) -> Difference:
    row = lock(Difference.objects.filter(pk=difference.pk))[0]
    if row.status != DifferenceStatus.OPEN:
        raise NotSettled(_("This difference is closed already. Reload the page."), code="closed-already")
    return row
