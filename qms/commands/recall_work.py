"""What is done in a recall: tasks given and finished, customers told, and what they answer."""

from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext as _

from plant import policies
from plant.commands import desks, journal
from plant.locks import lock
from plant.models import MaterialDefinition, NoticeKind, Partner, Person
from plant.transactions import command
from qms.commands.recalls import RecallRefused, locked
from qms.models import PostStatus, Recall, RecallAnswer, RecallMessage, RecallStatus, RecallTask, Way
from qms.queries import recalls as reading


@command
def add_task(*, recall: Recall, title: str, owner: Person, due_at: datetime, by: Person, at: datetime) -> RecallTask:
    """Give somebody something to do until then."""
    policies.check(by, "recall.act", on=recall.site)
    found = _alive(recall)
    if not title.strip():
        raise RecallRefused(_("Say what is to be done."), facts={"field": "title"})
    made = RecallTask.objects.create(
        recall=found, title=title.strip()[:200], owner=owner, due_at=due_at, made_by=by, made_at=at
    )
    data = {"task": made.title, "owner": owner.number}
    journal.record("recall.task-given", subject=found, by=by, data=data)
    told = f"{found.number} · {made.title}"
    desks.tell(person=owner, kind=NoticeKind.NEWS, title=told, url=reading.url(found), by=by, at=at)
    return made


@command
def finish_task(*, task: RecallTask, outcome: str, by: Person, at: datetime) -> RecallTask:
    """Say what came of it: its owner, or who leads the recall."""
    policies.check(by, "recall.finish", on=task.recall.site)
    found = _alive(task.recall)
    row = lock(RecallTask.objects.filter(pk=task.pk, recall=found))[0]
    if row.done_at is not None:
        raise RecallRefused(_("This is done already. Reload the page."), code="done-already")
    if row.owner_id != by.pk and not policies.may(by, "recall.act"):
        raise RecallRefused(_("This is somebody else's task."), code="not-yours")
    if not outcome.strip():
        raise RecallRefused(_("Say what came of it."), facts={"field": "outcome"})
    row.done_by, row.done_at, row.outcome = by, at, outcome.strip()[:400]
    row.save(update_fields=["done_by", "done_at", "outcome"])
    journal.record("recall.task-done", subject=found, by=by, reason=row.outcome, data={"task": row.title})
    return row


@command
def tell(
    *, recall: Recall, customer: Partner, by: Person, at: datetime, way: str = Way.LETTER, contact: str = ""
) -> RecallMessage:
    """Write down that a customer was told; again as often as it takes."""
    policies.check(by, "recall.act", on=recall.site)
    found = under_way(recall)
    has_some(found, customer)
    made = RecallMessage.objects.create(
        recall=found, customer=customer, way=way, contact=contact.strip()[:120], by=by, at=at
    )
    journal.record("recall.customer-told", subject=found, by=by, data={"customer": customer.code, "how": way})
    return made


@command
def answer(
    *, recall: Recall, customer: Partner, material: MaterialDefinition, destroyed: Decimal, used: Decimal, remark: str,
    by: Person, at: datetime,
) -> RecallAnswer:
    """Write down what a customer says won't come back: destroyed there or used up, never more than is still out."""
    policies.check(by, "recall.act", on=recall.site)
    found = under_way(recall)
    row = next((one for one in reading.customers(found) if one.is_of(customer, material)), None)
    if row is None:
        raise RecallRefused(_("This customer has none of it."), facts={"field": "customer"})
    if not remark.strip():
        raise RecallRefused(_("Write down what the customer says."), facts={"field": "remark"})
    if destroyed < 0 or used < 0 or destroyed + used > row.open:
        message = _("Only %(open)s are still out there. Correct the numbers.")
        raise RecallRefused(message % {"open": f"{row.open.normalize():f}"}, facts={"field": "destroyed"})
    made = RecallAnswer.objects.create(
        recall=found, customer=customer, material=material, destroyed=destroyed, used=used,
        remark=remark.strip()[:400], by=by, at=at,
    )
    data = {"customer": customer.code, "material": material.code, "destroyed": destroyed, "used": used}
    journal.record("recall.customer-answered", subject=found, by=by, reason=made.remark, data=data)
    for letter in lock(found.letters.filter(customer=customer, status=PostStatus.SENT)):
        journal.move(letter, to=PostStatus.ANSWERED, by=by, answered_at=max(at, letter.sent_at or at))
    return made


def _alive(recall: Recall) -> Recall:
    found = locked(recall)
    if found.status not in (RecallStatus.DRAFT, RecallStatus.OPEN):
        raise RecallRefused(_("%(number)s is over.") % {"number": found.number}, code="over")
    return found


def under_way(recall: Recall) -> Recall:
    """The recall, locked; refused while it is a draft, when it is over, and of a drill."""
    found = locked(recall)
    if found.status != RecallStatus.OPEN or found.is_drill:
        raise RecallRefused(_("Customers are told of a recall that is under way, and of no drill."), code="not-open")
    return found


def has_some(recall: Recall, customer: Partner) -> None:
    """Refuse a customer who has none of it."""
    if customer.pk not in {row.customer.pk for row in reading.customers(recall)}:
        raise RecallRefused(_("This customer has none of it."), facts={"field": "customer"})
