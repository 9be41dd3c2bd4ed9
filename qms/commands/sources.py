"""Who may deliver what, and what happens at the dock with a lot from anybody else."""

from datetime import datetime

from django.utils.translation import gettext as _

from plant import policies
from plant.commands import journal
from plant.locks import lock
from plant.models import MaterialDefinition, Partner, Person
from plant.transactions import command
from qms import statements
from qms.commands.suppliers import SupplierRefused
from qms.models import ApprovedSource, SourceStatus, Supplier, SupplierStatus, Unlisted
from qms.queries import sources as reading
from traceability.commands import holds
from traceability.gate import Cause
from traceability.models import CauseKind, MaterialLot

IN = {
    SourceStatus.APPROVED: (SupplierStatus.ADMITTED,),
    SourceStatus.CONDITIONAL: (SupplierStatus.ADMITTED, SupplierStatus.CONDITIONAL),
}


@command
def set_source(
    *, supplier: Partner, material: MaterialDefinition, status: str, reason: str, by: Person, at: datetime,
    until: datetime | None = None,
) -> ApprovedSource:
    """Say whether a supplier may deliver a material; only who was let in is approved, whoever may be blocked."""
    policies.check(by, "supplier.decide")
    if not reason.strip():
        raise SupplierRefused(_("Say in a few words why."), facts={"field": "reason"})
    card = next(iter(lock(Supplier.objects.filter(partner=supplier))), None)
    needed = IN.get(SourceStatus(status), ())
    if needed and (card is None or card.status not in needed):
        message = _("%(supplier)s is not admitted so far. Assess the supplier first, or approve with conditions.")
        raise SupplierRefused(message % {"supplier": supplier}, code="not-admitted")
    lock(ApprovedSource.objects.filter(material=material))
    before = ApprovedSource.objects.filter(supplier=supplier, material=material).first()
    made, _is_new = ApprovedSource.objects.update_or_create(
        supplier=supplier, material=material,
        defaults={"status": status, "until": until, "reason": reason.strip()[:300], "by": by, "at": at},
    )
    data = {"supplier": supplier.code, "material": material.code, "status": [before.status if before else "", status]}
    journal.record("approvedsource.set", subject=made, by=by, reason=reason, data=data)
    return made


@command
def judge(*, lot: MaterialLot, by: Person, at: datetime) -> str:
    """What is done with a lot at the dock: let in, held, or its receipt refused; asked within the receipt itself."""
    policies.check(by, "supplier.judge")
    lock(ApprovedSource.objects.filter(material=lot.material))
    verdict, source = reading.verdict(lot.material, lot.supplier, at)
    if verdict == Unlisted.REFUSE:
        message = _("%(supplier)s is not approved to deliver %(material)s. Send it back, or ask quality for approval.")
        words = {"supplier": lot.supplier or _("Nobody named"), "material": lot.material.code}
        raise SupplierRefused(message % words, code="source-refused", facts={"field": "supplier"})
    if verdict == Unlisted.HOLD:
        code = lot.supplier.code if lot.supplier else "-"
        told = statements.unapproved(code, lot.material.code, source.status if source else "")
        holds.contain(lots=[lot], cause=Cause(CauseKind.PERSON, f"source {code}"[:60]), reason=told, by=by, at=at)
    return verdict
