"""Documents: one revision in effect at any instant, never approved by its author, known by who signed for it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from psycopg2.extras import DateTimeTZRange

from plant.commands import signatures
from plant.models import Role
from plant.policies import Forbidden
from qms.commands import document_release, documents, escalations, trainings
from qms.commands.documents import DocumentRefused
from qms.models import Document, DocumentTraining
from qms.queries import documents as reading
from qms.queries import overdue
from tests import factories
from tests.factories import NOW, PASSWORD, person
from tests.qms import papers

SOON = NOW + timedelta(days=7)
pytestmark = pytest.mark.django_db


def operator(number="OP1", **fields):
    return person(number, Role.OPERATOR, **fields)


def test_the_author_never_approves_and_the_database_holds_to_it():
    one = papers.handed_in()
    with pytest.raises(DocumentRefused) as refused:
        papers.approved(one, by=papers.author())
    assert refused.value.code == "own-work"

    with pytest.raises(DatabaseError), transaction.atomic():
        Document.objects.filter(pk=one.pk).update(
            status="EFFECTIVE", approved_by=papers.author(), approved_at=NOW, effective=DateTimeTZRange(NOW, None)
        )
    with pytest.raises(DatabaseError, match="signature"), transaction.atomic():
        Document.objects.filter(pk=one.pk).update(
            status="EFFECTIVE", approved_by=papers.approver(), approved_at=NOW, effective=DateTimeTZRange(NOW, None)
        )


@pytest.mark.parametrize("role", [role for role in Role if role not in ("QUALITY_ENGINEER", "QUALITY_MANAGER")])
def test_only_quality_approves(role):
    one = papers.handed_in()
    with pytest.raises(Forbidden):
        papers.approved(one, by=person(f"X-{role}", role))


@pytest.mark.parametrize("state", ["DRAFT", "APPROVED", "EFFECTIVE", "OBSOLETE"])
def test_only_what_is_in_review_is_approved(state):
    one = papers.draft() if state == "DRAFT" else papers.handed_in()
    if state == "APPROVED":
        one = papers.approved(one, begins=SOON)
    elif state != "DRAFT":
        one = papers.approved(one)
    if state == "OBSOLETE":
        document_release.retire(document=one, reason="No more", by=papers.approver(), at=SOON)
    with pytest.raises(DocumentRefused):
        papers.approved(Document.objects.get(pk=one.pk))


def test_what_was_handed_in_stays_as_it_is_whoever_writes_sql():
    one = papers.handed_in()
    with pytest.raises(DocumentRefused):
        documents.change(document=one, by=papers.author(), name="Other")
    with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
        Document.objects.filter(pk=one.pk).update(sha256="0" * 64)


def test_a_later_revision_takes_over_on_its_day_and_not_before():
    first = papers.effective()
    second = papers.approved(papers.revised(first), begins=SOON)

    assert second.status == "APPROVED"
    assert [one.revision for one in reading.in_effect(["WI-7"], NOW + timedelta(days=1))] == [1]
    assert [one.revision for one in reading.in_effect(["WI-7"], SOON)] == [2]
    assert not document_release.turn(document=second, at=NOW)
    assert document_release.turn(document=second, at=SOON)
    assert list(Document.objects.order_by("revision").values_list("status", flat=True)) == ["OBSOLETE", "EFFECTIVE"]


def test_retiring_what_has_not_begun_leaves_the_one_before_it_in_effect():
    first = papers.effective()
    second = papers.approved(papers.revised(first), begins=SOON)

    document_release.retire(document=second, reason="Wrong drawing", by=papers.approver(), at=NOW)

    assert [one.revision for one in reading.in_effect(["WI-7"], SOON + timedelta(days=9))] == [1]


def test_the_database_keeps_two_revisions_from_being_in_effect_at_one_instant():
    first = papers.effective()
    second = papers.approved(papers.revised(first), begins=SOON)
    document_release.retire(document=second, reason="Wrong drawing", by=papers.approver(), at=NOW)
    with pytest.raises(IntegrityError, match="document_one_effective"), transaction.atomic():
        Document.objects.filter(pk=second.pk).update(effective=DateTimeTZRange(NOW, None))

    assert reading.in_effect(["WI-7"], SOON).get() == first


def test_a_new_revision_asks_everybody_anew():
    one, someone = papers.effective(), operator()
    assert reading.to_read(someone) == [one]
    papers.read(one, someone)
    assert reading.to_read(someone) == []

    second = papers.approved(papers.revised(one))

    assert reading.to_read(someone) == [second]
    assert [row.training for row in reading.readers(second)] == [None]


def test_reading_is_signed_with_the_own_password_and_once():
    one, someone = papers.effective(), operator()
    with pytest.raises(signatures.SignatureRefused):
        papers.read(one, someone, password="wrong")

    assert papers.read(one, someone) == papers.read(one, someone)
    assert DocumentTraining.objects.count() == 1


def test_a_trainer_signs_for_others_and_never_for_themselves():
    one, trainer = papers.effective(), person("TL", Role.TEAM_LEADER, Role.OPERATOR)
    said = {"reason": "At the oven", "password": PASSWORD, "by": trainer, "at": NOW,
            "seen_hash": signatures.content_hash(reading.seen(one))}
    with pytest.raises(DocumentRefused):
        trainings.teach(document=one, people=[trainer], **said)

    made = trainings.teach(document=one, people=[operator(), operator("OP2")], **said)

    assert {(row.how, row.by) for row in made} == {("TAUGHT", trainer)}


def test_a_distribution_by_line_reaches_those_who_work_there():
    one = papers.draft()
    one.shares.all().delete()
    documents.share(document=one, role=Role.OPERATOR, place=factories.line("LINE-A"), by=papers.author())
    here, there = operator("HERE"), operator("THERE")
    here.places.create(equipment=factories.line("LINE-A"))
    there.places.create(equipment=factories.line("LINE-B"))

    assert [str(row.number) for row in reading.audience(one)] == ["HERE"]


def test_a_review_that_is_late_is_handed_up_and_looking_over_moves_it_on():
    one = papers.effective()
    late = one.due_at + timedelta(days=2)
    assert one in overdue.all_of(late)
    assert escalations.escalate(subject=one, by=person("SYS", kind="SYSTEM"), at=late)

    document_release.look_over(document=one, finding="Still right", by=papers.author(), at=late)

    assert one not in overdue.all_of(late)
