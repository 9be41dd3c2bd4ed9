"""Suppliers that were let in or not, and what they are asked, built by the plant's own commands."""

from datetime import datetime
from typing import Any

from plant.commands import signatures
from plant.models import Partner, Person, Role
from qms.commands import sources, supplier_answers, supplier_requests, suppliers
from qms.models import Supplier, SupplierAssessment, SupplierQuestion, SupplierRequest
from qms.queries import supplier_requests as asked
from qms.queries import suppliers as reading
from tests import factories
from tests.factories import NOW, PASSWORD, person


def engineer() -> Person:
    return person("SQE", Role.QUALITY_ENGINEER)


def manager() -> Person:
    return person("QM", Role.QUALITY_MANAGER)


def system() -> Person:
    return person("SYS", kind="SYSTEM")


def card(code: str = "ACME") -> Supplier:
    fields = {"owner": engineer(), "by": engineer(), "at": NOW, "email": "quality@acme.example", "language": "en"}
    return suppliers.enlist(partner=factories.supplier(code), **fields)


def scored(code: str = "ACME", points: int = 4) -> SupplierAssessment:
    """A round of the questionnaire, handed in with so many points for each question."""
    for name in ("Q1", "Q2"):
        SupplierQuestion.objects.get_or_create(
            code=name, defaults={"section": "System", "name": f"Question {name}", "weight": 2, "least": 2}
        )
    made = suppliers.assess(supplier=card(code), kind="ADMISSION", by=engineer(), at=NOW)
    said = {row.pk: points for row in made.answers.all()}
    suppliers.answer(assessment=made, points=said, remarks={}, by=engineer(), at=NOW)
    return suppliers.hand_in(assessment=made, by=engineer(), at=NOW)


def decided(one: SupplierAssessment, decision: str = "ADMITTED", **asked_for: Any) -> SupplierAssessment:
    """Signed by somebody else."""
    one = reading.assessment(one.number)
    said = {"by": manager(), "reason": "Visited", "password": PASSWORD, "next_at": None, "at": NOW, **asked_for}
    return suppliers.decide(
        assessment=one, decision=decision, seen_hash=signatures.content_hash(reading.seen(one)), **said
    )


def admitted(code: str = "ACME") -> Partner:
    decided(scored(code))
    return factories.supplier(code)


def source(code: str, status: str, material: str = "PCB", **more: Any) -> Any:
    return sources.set_source(
        supplier=factories.supplier(code), material=factories.material(material), status=status, reason="Sampled",
        by=manager(), at=NOW, **more,
    )


def scar(**fields: Any) -> SupplierRequest:
    """A corrective action that a supplier is asked for."""
    said = {"kind": "SCAR", "supplier": factories.supplier(), "site": factories.site(), "title": "Scratched boards",
            "problem": "Twelve of 200 boards are scratched.", "email": "quality@acme.example", "language": "en",
            "by": engineer(), "at": NOW, **fields}
    return supplier_requests.open_request(**said)


def answered(one: SupplierRequest, text: str = "We sort every box.", at: datetime = NOW, **more: Any) -> Any:
    """The supplier's answer to the step that is open."""
    one.refresh_from_db()
    step = asked.open_step(one)
    fields = {"nonce": one.nonce, "position": step.position if step else 0, "text": text, "author": "Wu Min",
              "by": system(), "at": at, **more}
    return supplier_answers.answer(request=one, **fields)


def judged(answer: Any, *, good: bool = True, reason: str = "", **more: Any) -> SupplierRequest:
    fields = {"by": engineer(), "at": NOW, **more}
    return supplier_requests.judge(answer=answer, is_accepted=good, reason=reason, **fields)
