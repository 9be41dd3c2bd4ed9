"""What customers scanned: labels with their code, what is shown to whom, and one code that was copied."""

from datetime import datetime, timedelta

from demo.data import ground
from demo.seeds import boxes
from plant.models import Partner, Person, PersonRole
from plant.queries import persons
from traceability.commands import public as commands
from traceability.models import LabelKind, LabelTemplate, MaterialLot, PublicView, ShipmentPick, Symbology
from traceability.queries import labels

CONTACT = ("Quality hotline +86 512 5550 0100", "质量热线 0512-5550 0100")
COPIED = (("CN-32", 2), ("DE-BY", 3), ("BR-SP", 5), ("US-TX", 4), ("CN-44", 61))


def fill(by: Person, now: datetime) -> None:
    """Finished boards carry the customers' code; what left was scanned, one of them far too often."""
    PublicView.objects.create(contact=CONTACT[0], contact_zh=CONTACT[1])
    PublicView.objects.create(
        customer=Partner.objects.get(code="C-NORTH"), shows_operators=True, shows_suppliers=True,
        contact=CONTACT[0], contact_zh=CONTACT[1],
    )
    picks = ShipmentPick.objects.filter(move__isnull=False).select_related("lot__material").order_by("pk")
    gone = [pick.lot for pick in picks]
    kinds = {lot.kind for lot in gone}
    for kind in sorted(kinds):
        LabelTemplate.objects.create(
            kind=LabelKind(kind), material=gone[0].material, symbology=Symbology.PUBLIC, width=70, height=40,
            beside=Symbology.CODE128,
        )
    outsiders()
    for lot in gone[:3]:
        boxes.stick(labels.lot(lot), by, now)
    for days, lot in enumerate(gone[1:6], start=1):
        scan(lot, "CN-32", days, now - timedelta(days=days))
    for place, times in COPIED:
        scan(gone[0], place, times * 10, now - timedelta(hours=5))


def outsiders() -> None:
    """A supplier's and a customer's person, who sign in to their own pages."""
    for number, name, role, company in ground.OUTSIDE:
        person = Person(number=number, name=name, partner=Partner.objects.get(code=company))
        person.set_password(ground.PASSWORD)
        person.save()
        PersonRole.objects.create(person=person, role=role)


def scan(lot: MaterialLot, place: str, times: int, at: datetime) -> None:
    """Scans of one code, counted as the page counts them."""
    commands.count(lot=lot, scans={(place, at.date()): times}, by=persons.system("public"), at=at)
