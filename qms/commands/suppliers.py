"""Letting a supplier in: their card, the questionnaire answered by one and decided by another, their papers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from plant import policies
from plant.commands import journal, numbering, signatures, talk
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Meaning, Partner, PartnerKind, Person
from plant.transactions import command
from qms.models import (
    AssessmentAnswer,
    AssessmentKind,
    AssessmentStatus,
    Supplier,
    SupplierAssessment,
    SupplierPaper,
    SupplierQuestion,
    SupplierStatus,
)
from qms.queries import suppliers as reading

CARD = ("owner", "contact", "email", "language")


class SupplierRefused(Refusal):
    """A step with a supplier that is not possible so."""

    code = "supplier-refused"


@command
def enlist(*, partner: Partner, owner: Person, by: Person, at: datetime, **card: Any) -> Supplier:
    """Begin the card of a partner who delivers, as a candidate; one that is there already stands."""
    policies.check(by, "supplier.keep")
    if partner.kind != PartnerKind.SUPPLIER:
        raise SupplierRefused(_("%(partner)s is a customer. Choose a supplier.") % {"partner": partner})
    made, is_new = Supplier.objects.get_or_create(
        partner=partner, defaults={"owner": owner, "created_at": at, **card}
    )
    if is_new:
        journal.record("supplier.created", subject=made, by=by, data={"owner": owner.number})
    return made


@command
def change(*, supplier: Supplier, by: Person, **card: Any) -> Supplier:
    """Change who looks after a supplier, and whom to write to there."""
    policies.check(by, "supplier.keep")
    fresh = lock(Supplier.objects.filter(pk=supplier.pk))[0]
    changed = {name: value for name, value in card.items() if name in CARD and value != getattr(fresh, name)}
    before = {name: str(getattr(fresh, name)) for name in changed}
    for name, value in changed.items():
        setattr(fresh, name, value)
    if changed:
        fresh.save(update_fields=list(changed))
        data = {name: [before[name], str(value)] for name, value in changed.items()}
        journal.record("supplier.changed", subject=fresh, by=by, data=data)
    return fresh


@command
def assess(*, supplier: Supplier, kind: str, by: Person, at: datetime) -> SupplierAssessment:
    """Begin a round of the questionnaire; while one of its kind is open, that one stands."""
    policies.check(by, "supplier.assess")
    lock(Supplier.objects.filter(pk=supplier.pk))
    open_now = supplier.assessments.filter(kind=kind, status__in=["OPEN", "SCORED"]).first()
    if open_now is not None:
        return open_now
    questions = list(SupplierQuestion.objects.filter(active=True))
    if not questions:
        raise SupplierRefused(_("There is no question yet. An administrator adds them in the console."))
    made = SupplierAssessment.objects.create(
        number=numbering.next_number("supplier_assessment"), supplier=supplier, kind=AssessmentKind(kind),
        assessor=by, opened_at=at,
    )
    AssessmentAnswer.objects.bulk_create(
        AssessmentAnswer(assessment=made, question=one, weight=one.weight, least=one.least) for one in questions
    )
    journal.record("supplierassessment.opened", subject=made, by=by, data={"supplier": supplier.partner.code})
    return made


@command
def answer(
    *, assessment: SupplierAssessment, points: Mapping[int, int | None], remarks: Mapping[int, str], by: Person,
    at: datetime,
) -> SupplierAssessment:
    """Enter points and remarks, by the keys of the answers; what is left out stays as it is."""
    policies.check(by, "supplier.assess")
    fresh = _open(assessment, by)
    rows = {row.pk: row for row in fresh.answers.all()}
    changed = {}
    for key in [key for key in points if key in rows]:
        row, before = rows[key], (rows[key].points, rows[key].remark)
        row.points, row.remark = points[key], remarks.get(key, row.remark)[:300]
        if (row.points, row.remark) != before:
            row.save(update_fields=["points", "remark"])
            changed[row.question.code] = [before[0], row.points]
    if changed:
        journal.record("supplierassessment.answered", subject=fresh, by=by, data=changed)
    return fresh


@command
def hand_in(*, assessment: SupplierAssessment, by: Person, at: datetime) -> SupplierAssessment:
    """Every question has its points: hand the round in for a decision by somebody else."""
    policies.check(by, "supplier.assess")
    fresh = _open(assessment, by)
    left = fresh.answers.filter(points__isnull=True).count()
    if left:
        message = _("%(count)s questions have no points yet. Give each of them some, 0 where there is nothing.")
        raise SupplierRefused(message % {"count": left})
    journal.move(fresh, to=AssessmentStatus.SCORED, by=by, percent=reading.percent(fresh))
    return fresh


@command
def send_back(*, assessment: SupplierAssessment, reason: str, by: Person, at: datetime) -> SupplierAssessment:
    """Send what was handed in back to its assessor."""
    policies.check(by, "supplier.decide")
    if not reason.strip():
        raise SupplierRefused(_("Say what is to be looked at again."), facts={"field": "reason"})
    fresh = lock(SupplierAssessment.objects.filter(pk=assessment.pk))[0]
    journal.move(fresh, to=AssessmentStatus.OPEN, by=by, reason=reason, percent=None)
    return fresh


@command
def decide(
    *, assessment: SupplierAssessment, decision: str, next_at: datetime | None, reason: str, password: str,
    seen_hash: str, by: Person, at: datetime,
) -> SupplierAssessment:
    """Sign whether the supplier is in, in with conditions, or blocked; somebody else than the assessor."""
    policies.check(by, "supplier.decide")
    supplier = lock(Supplier.objects.filter(pk=assessment.supplier_id))[0]
    fresh = lock(SupplierAssessment.objects.filter(pk=assessment.pk))[0]
    if fresh.status != AssessmentStatus.SCORED:
        raise SupplierRefused(_("Only a round that was handed in is decided."))
    if fresh.assessor_id == by.pk:
        raise SupplierRefused(_("You assessed this supplier yourself. Somebody else decides."), code="own-work")
    too_low = reading.too_low(fresh)
    if decision == SupplierStatus.ADMITTED and too_low:
        message = _("“%(question)s” has fewer points than it needs. Admit with conditions, or block.")
        raise SupplierRefused(message % {"question": too_low[0].question.title}, facts={"field": "decision"})
    content = reading.seen(fresh)
    if seen_hash != signatures.content_hash(content):
        raise signatures.SignatureRefused(_("This record changed after you opened it. Reload the page, read it again, "
                                            "then sign."))
    content |= {"decision": decision, "next_at": next_at}
    signatures.sign(
        subject=fresh, meaning=Meaning.APPROVED, content=content, seen_hash=signatures.content_hash(content),
        password=password, reason=reason, by=by, at=at,
    )
    journal.move(
        fresh, to=AssessmentStatus.DECIDED, by=by, reason=reason, data={"decision": decision},
        decision=SupplierStatus(decision), decided_by=by, decided_at=at, next_at=next_at,
    )
    if supplier.status != decision:
        journal.move(supplier, to=SupplierStatus(decision), by=by, reason=reason, data={"by": fresh.number})
    return fresh


@command
def cancel(*, assessment: SupplierAssessment, reason: str, by: Person, at: datetime) -> SupplierAssessment:
    """Call a round off."""
    policies.check(by, "supplier.assess")
    if not reason.strip():
        raise SupplierRefused(_("Say in a few words why."), facts={"field": "reason"})
    fresh = lock(SupplierAssessment.objects.filter(pk=assessment.pk))[0]
    journal.move(fresh, to=AssessmentStatus.CANCELLED, by=by, reason=reason)
    return fresh


@command
def add_paper(
    *, supplier: Supplier, name: str, number: str, due_at: datetime, by: Person, at: datetime,
    file: tuple[str, bytes] | None = None,
) -> SupplierPaper:
    """Keep a certificate with the day until which it holds; the one of the same name before it is replaced."""
    policies.check(by, "supplier.keep")
    if not name.strip():
        raise SupplierRefused(_("Say what kind of paper it is."), facts={"field": "name"})
    lock(Supplier.objects.filter(pk=supplier.pk))
    supplier.papers.filter(name=name.strip(), replaced=False).update(replaced=True)
    attachment = talk.attach(subject=supplier, name=file[0], data=file[1], by=by, at=at) if file else None
    made = SupplierPaper.objects.create(
        supplier=supplier, name=name.strip(), number=number.strip(), due_at=due_at, attachment=attachment, by=by, at=at
    )
    data = {"name": made.name, "number": made.number, "until": due_at}
    journal.record("supplier.paper", subject=supplier, by=by, data=data)
    return made


def _open(assessment: SupplierAssessment, by: Person) -> SupplierAssessment:
    fresh = lock(SupplierAssessment.objects.filter(pk=assessment.pk))[0]
    if fresh.status != AssessmentStatus.OPEN:
        raise SupplierRefused(_("This round was handed in already."))
    if fresh.assessor_id != by.pk:
        message = _("%(person)s answers this round. Ask them.")
        raise SupplierRefused(message % {"person": fresh.assessor})
    return fresh


