"""Signatures, repeated requests, leases, numbers: the small print of the record book."""

from itertools import pairwise

import pytest
from django.db import DatabaseError, transaction

from plant.commands import idempotency, journal, leases, numbering, signatures
from plant.models import JournalEntry, Lease, Meaning, Role, Signature
from tests import factories
from tests.factories import NOW, PASSWORD

CONTENT = {"number": "NCR1", "lots": [["L1", "3"]]}


def sign(**changes):
    fields = {
        "subject": factories.material(), "meaning": Meaning.APPROVED, "content": CONTENT, "password": PASSWORD,
        "seen_hash": signatures.content_hash(CONTENT), "reason": "checked", "at": NOW,
        "by": factories.person("QE", Role.QUALITY_ENGINEER),
    }
    return signatures.sign(**{**fields, **changes})


@pytest.mark.django_db
def test_signature_binds_person_and_content():
    signature = sign()
    assert signatures.verifies(signature)
    signature.content = {"number": "NCR2"}
    assert not signatures.verifies(signature)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change", [{"password": "wrong"}, {"reason": " "}, {"seen_hash": signatures.content_hash({"number": "other"})}]
)
def test_signature_is_refused(change):
    with pytest.raises(signatures.SignatureRefused):
        sign(**change)
    assert Signature.objects.count() == 0


@pytest.mark.django_db
def test_signature_copied_to_another_record_does_not_verify():
    signature = sign()
    signature.subject_id = "999"
    assert not signatures.verifies(signature)


@pytest.mark.django_db
def test_journal_is_written_once():
    journal.record("material.tested", subject=factories.material(), by=factories.person())
    for change in (lambda: JournalEntry.objects.update(reason="x"), lambda: JournalEntry.objects.all().delete()):
        with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
            change()


def test_journal_streams_stay_whole_under_writers(at_once):
    subject, by = factories.material(), factories.person()
    at_once(*[lambda: [journal.record("material.tested", subject=subject, by=by) for _ in range(5)]] * 4)
    entries = list(JournalEntry.objects.order_by("seq"))
    assert [entry.seq for entry in entries] == list(range(1, 21))
    assert all(later.prev_hash == earlier.hash for earlier, later in pairwise(entries))


def test_request_is_done_once_however_often_it_comes(at_once):
    subject, by = factories.material(), factories.person()

    def request():
        act = lambda: (201, {"entry": journal.record("material.tested", subject=subject, by=by)})  # noqa: E731
        return idempotency.once(client="erp", key="k1", request={"a": 1}, act=act)

    answers = at_once(*[request] * 6)
    assert len({answer.body["entry"] for answer in answers}) == 1
    assert sum(not answer.replayed for answer in answers) == 1
    assert JournalEntry.objects.count() == 1


@pytest.mark.django_db
def test_key_with_another_request_is_refused():
    idempotency.once(client="erp", key="k1", request={"a": 1}, act=lambda: (200, {}))
    with pytest.raises(idempotency.KeyReused):
        idempotency.once(client="erp", key="k1", request={"a": 2}, act=lambda: (200, {}))


def test_lease_has_one_holder_and_fences_the_one_before(at_once):
    tokens = at_once(*[lambda: leases.acquire(name="poll", holder="x", seconds=30)] * 5)
    assert sorted(tokens, key=str) == [1, None, None, None, None]
    Lease.objects.update(until=NOW)
    assert not leases.renew(name="poll", holder="x", token=1, seconds=30)
    assert leases.acquire(name="poll", holder="y", seconds=30) == 2
    assert not leases.renew(name="poll", holder="x", token=1, seconds=30)


def test_numbers_never_repeat(at_once):
    batches = at_once(*[lambda: numbering.next_numbers("lot", 20)] * 5)
    numbers = [number for batch in batches for number in batch]
    assert len(set(numbers)) == 100
