"""Trace data that was recorded wrongly: one change approved, one refused, two that wait."""

from datetime import datetime, timedelta
from decimal import Decimal

from demo.data import ground
from plant.commands import signatures
from plant.models import Person
from traceability.commands import corrections as commands
from traceability.commands.corrections import New
from traceability.models import ActualKind, Correction, CorrectionKind, MaterialActual, MaterialLot, Visit
from traceability.queries import corrections as reading

LABEL = "The label of the reel was misread; the delivery note says otherwise. 料盘标签读错，送货单为准。"
ROSTER = "Signed on under a colleague's badge; the roster says who stood there. 误用同事工牌登录，以排班表为准。"
COUNT = "Four were left on the tray when it was counted in the evening. 晚间清点时托盘上剩四件。"


def fill(leader: Person, engineer: Person, warehouse: Person, now: datetime) -> None:
    """The whole life of a change, on lots that were received and made."""
    lots = list(MaterialLot.objects.filter(supplier__isnull=False).exclude(supplier_lot="").order_by("pk")[:2])
    first = propose(lots[0], CorrectionKind.SUPPLIER_LOT, 0, New(text=f"{lots[0].supplier_lot}-A"), LABEL, warehouse,
                    now - timedelta(days=3))
    content = signatures.content_hash(reading.seen(first))
    commands.approve(
        correction=first, reason="Delivery note checked. 已核对送货单。", password=ground.PASSWORD, seen_hash=content,
        by=engineer, at=now - timedelta(days=2),
    )
    second = propose(lots[1], CorrectionKind.MADE, 0, New(moment=lots[1].created_at - timedelta(days=1)), LABEL,
                     warehouse, now - timedelta(days=2))
    commands.refuse(correction=second, reason="The camera at the dock shows the day recorded. 月台录像与记录一致。",
                    by=engineer, at=now - timedelta(days=1))
    visit = Visit.objects.select_related("lot", "person").order_by("-pk")[0]
    other = Person.objects.filter(personrole__role="OPERATOR").exclude(pk=visit.person_id).order_by("pk")[0]
    propose(visit.lot, CorrectionKind.OPERATOR, visit.pk, New(person=other), ROSTER, leader, now - timedelta(hours=5))
    used = MaterialActual.objects.filter(
        kind=ActualKind.CONSUMED, link__reversed_by__isnull=True, quantity__gt=4, lot__open_holds=0
    ).select_related("link__child").order_by("-pk").first()
    if used is not None and used.link is not None:
        new = New(quantity=used.quantity - Decimal(4))
        propose(used.link.child, CorrectionKind.CONSUMED, used.pk, new, COUNT, leader, now - timedelta(hours=2))


def propose(
    lot: MaterialLot, kind: str, key: int, new: New, reason: str, by: Person, at: datetime
) -> Correction:
    """One proposal, as it is read back."""
    made = commands.propose(lot=lot, kind=kind, key=key, new=new, reason=reason, by=by, at=at)
    return reading.by_number(made.number)
