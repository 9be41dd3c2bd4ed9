"""Letters of a recall by e-mail: laid ready, leased to the post, delivered once or given up, and sent again."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import override

from plant import policies
from plant.commands import journal
from plant.locks import lock
from plant.models import Partner, Person
from plant.queries import persons
from plant.transactions import command
from qms.commands.recall_work import has_some, under_way
from qms.commands.recalls import RecallRefused
from qms.models import CustomerContact, PostStatus, Recall, RecallLetter, RecallMessage, Way
from qms.queries import recall_letters as reading

MOST_ATTEMPTS, FIRST_WAIT, BATCH = 10, timedelta(minutes=1), 10
LEASE = timedelta(minutes=5)  # longer than a batch of time-outs
TAKE = """
UPDATE qms_recallletter SET lease = %(lease)s, lease_until = %(until)s WHERE id = ANY (ARRAY(
  SELECT id FROM qms_recallletter WHERE status = 'WAITING' AND next_at <= %(at)s
    AND (lease_until IS NULL OR lease_until < %(at)s)
  ORDER BY next_at, id LIMIT %(most)s FOR UPDATE SKIP LOCKED))
RETURNING id
"""


@dataclass(frozen=True, slots=True)
class Address:
    """Where and in which language a customer is written to."""

    customer: Partner
    email: str
    language: str


@command
def write(*, recall: Recall, to: Sequence[Address], by: Person, at: datetime) -> list[RecallLetter]:
    """Lay a letter ready for each of these customers, with every lot that they have; their address is remembered."""
    policies.check(by, "recall.act", on=recall.site)
    found = under_way(recall)
    if not to:
        raise RecallRefused(_("Enter the e-mail address of at least one customer."))
    made = [_written(found, one, by, at) for one in to]
    data = {"customers": [one.customer.code for one in to]}
    journal.record("recall.letters-written", subject=found, by=by, data=data)
    return made


def _written(recall: Recall, address: Address, by: Person, at: datetime) -> RecallLetter:
    customer = address.customer
    has_some(recall, customer)
    if RecallLetter.objects.filter(recall=recall, customer=customer, status=PostStatus.WAITING).exists():
        message = _("A letter to %(customer)s waits to be sent already. Look below how it stands.")
        raise RecallRefused(message % {"customer": customer}, code="waits-already")
    with override(address.language):
        lots = reading.rows(recall, customer)
        words = {"title": reading.title(recall), "text": reading.mail(recall, customer, lots), "lots": lots}
    _remember(address, by)
    return RecallLetter.objects.create(
        recall=recall, customer=customer, to=address.email, language=address.language, made_by=by, made_at=at,
        next_at=at, **words,
    )


def _remember(address: Address, by: Person) -> None:
    told = {"email": address.email, "language": address.language}
    if CustomerContact.objects.filter(partner=address.customer, **told).exists():
        return
    row = CustomerContact.objects.update_or_create(partner=address.customer, defaults=told)[0]
    journal.record("customercontact.changed", subject=row, by=by, data=told)


@command
def take(*, at: datetime) -> list[RecallLetter]:
    """Lease what is due: no other worker sends it meanwhile, and nothing is locked while the mail server answers."""
    with connection.cursor() as cursor:
        cursor.execute(TAKE, {"lease": uuid.uuid4(), "until": at + LEASE, "at": at, "most": BATCH})
        taken = [pk for (pk,) in cursor.fetchall()]
    rows = RecallLetter.objects.filter(pk__in=taken).select_related("recall__notice", "customer", "made_by")
    return list(rows.order_by("next_at", "pk"))


@command
def sent(*, letter: RecallLetter, at: datetime) -> bool:
    """It went out: the customer is told. False when the lease ran out and another worker has it now."""
    row = _leased(letter)
    if row is None:
        return False
    by = persons.system("post")
    journal.move(row, to=PostStatus.SENT, by=by, sent_at=at, last_error="", **FREE)
    RecallMessage.objects.create(
        recall=row.recall, customer=row.customer, way=Way.MAIL, contact=row.to[:120], by=row.made_by, at=at
    )
    data = {"customer": row.customer.code, "how": Way.MAIL, "to": row.to}
    journal.record("recall.customer-told", subject=row.recall, by=by, data=data)
    return True


@command
def failed(*, letter: RecallLetter, error: str, again: bool, at: datetime) -> bool:
    """It did not go out: it waits twice as long each time; what can't arrive is given up. Never a delivery: False."""
    row = _leased(letter)
    if row is None:
        return False
    tried, error = row.attempts + 1, error[:300]
    if again and tried < MOST_ATTEMPTS:
        wait = at + FIRST_WAIT * 2 ** (tried - 1)
        fields = {"attempts": tried, "last_error": error, "next_at": wait, **FREE}
        RecallLetter.objects.filter(pk=row.pk).update(**fields)
        return False
    by = persons.system("post")
    journal.move(row, to=PostStatus.DEAD, by=by, reason=error, attempts=tried, last_error=error, **FREE)
    data = {"customer": row.customer.code, "to": row.to}
    journal.record("recall.letter-given-up", subject=row.recall, by=by, reason=error, data=data)
    return False


FREE: dict[str, Any] = {"lease": None, "lease_until": None}


def _leased(letter: RecallLetter) -> RecallLetter | None:
    rows = RecallLetter.objects.filter(pk=letter.pk, lease=letter.lease, status=PostStatus.WAITING)
    return next(iter(lock(rows.select_related("recall__site", "customer", "made_by"))), None)


@command
def send_again(*, letter: RecallLetter, by: Person, at: datetime) -> RecallLetter:
    """Have a letter that was given up tried anew, from the first attempt on."""
    policies.check(by, "recall.act", on=letter.recall.site)
    recall = under_way(letter.recall)
    if RecallLetter.objects.filter(recall=recall, customer=letter.customer, status=PostStatus.WAITING).exists():
        raise RecallRefused(_("Another letter to this customer waits already."), code="waits-already")
    journal.move(letter, to=PostStatus.WAITING, by=by, attempts=0, next_at=at, last_error="")
    journal.record("recall.letters-written", subject=recall, by=by, data={"customers": [letter.customer.code]})
    return letter
