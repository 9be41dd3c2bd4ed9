"""What customers add to every page's frame: the rail, words, waiting, search, the lot's dossier, a panel of rates."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from plant import inbox, navigation, panels, policies, scoping, search, subjects, words
from plant.models import Person, Role
from plant.printing import Sheet, facts_of
from qms.models import Complaint, ComplaintStatus, Rma
from qms.queries import complaints as reading
from qms.web import plain_papers
from traceability import dossier_parts
from traceability.models import MaterialLot

FACTS = ("source", "severity", "customer", "material", "lot", "said_number", "quantity", "failed_at", "owner", "due_at",
         "cause", "answered_by", "answered_at", "closed_by", "closed_at")


def sheet(one: Complaint, reader: Person) -> Sheet:
    """A complaint on paper, as it may be sent to the customer."""
    texts = [(now("Description"), one.description), (now("Answer to the customer"), one.answer)]
    return Sheet(
        kind=now("Complaint"), number=one.number, title=one.title, state=str(one.get_status_display()),
        facts=facts_of(one, FACTS), texts=[(heading, body) for heading, body in texts if body],
    )


navigation.register(
    navigation.Page("quality", _("Complaints"), "qms:complaint-list", "complaint.read", "message-report", 24),
    navigation.Page("quality", _("Returns of customers"), "qms:rma-list", "rma.read", "truck-return", 25),
    navigation.Page("quality", _("In the field"), "qms:field-list", "complaint.read", "chart-line", 26),
    navigation.Page("quality", _("Satisfaction"), "qms:survey-list", "complaint.read", "mood-smile", 27),
    navigation.Act(
        _("New complaint…"), "qms:complaint-report", "complaint.report", "message-report", "qms:complaint-list"
    ),
)
subjects.register(
    subjects.Subject(Complaint, "complaint.read", "qms:complaint-detail", sheet=sheet),
    subjects.Subject(Rma, "rma.read", "qms:rma-detail", sheet=plain_papers.rma),
)
words.register({
    "complaint.opened": _("Complaint written down"),
    "complaint.accepted": _("Complaint taken on"),
    "complaint.declined": _("Complaint declined"),
    "complaint.case-opened": _("Nonconformance opened"),
    "complaint.return-allowed": _("Return allowed"),
    "complaint.revision-opened": _("Planning document to be revised"),
    "complaint.answered": _("Customer answered"),
    "complaint.closed": _("Complaint closed"),
    "complaint.escalated": _("Escalated"),
    "rma.opened": _("Return allowed"),
    "rma.received": _("Goods came back"),
    "rma.analysed": _("Goods analysed"),
    "rma.decided": _("Decided"),
    "rma.closed": _("Return done"),
    "rma.cancelled": _("Return called off"),
    "lot.served": _("Served after a return"),
    "satisfaction.recorded": _("Customer's score recorded"),
})


def waiting(person: Person) -> list[inbox.Item]:
    """Complaints to answer, and those that wait for somebody to close them."""
    found = [
        inbox.Item(f"{one.number} {one.title}", reading.url(one), now("Complaint"), one.status, one.due_at,
                   one.customer.name if one.customer else "")
        for one in reading.waiting(person)
    ]
    if policies.may(person, "complaint.close"):
        rows = Complaint.objects.filter(status=ComplaintStatus.ANSWERED).exclude(answered_by=person)
        found += [
            inbox.Item(f"{one.number} {one.title}", reading.url(one), now("Complaint to close"), one.status)
            for one in scoping.visible(rows.order_by("pk"), person)[:50]
        ]
    return found


def find(code: str, person: Person) -> list[search.Hit]:
    """A complaint or a return by its number, a complaint also by the number that the customer said."""
    found: list[search.Hit] = []
    if code and policies.may(person, "complaint.read"):
        rows = reading.listing().filter(number__istartswith=code) | reading.listing().filter(said_number__iexact=code)
        found += [
            search.Hit(one.number, reading.url(one), now("Complaint"), one.title, one.status,
                       one.number.lower() == code.lower(), "message-report")
            for one in scoping.visible(rows, person)[:8]
        ]
    if code and policies.may(person, "rma.read"):
        found += [
            search.Hit(one.number, reading.rma_url(one), now("Return of a customer"), one.lot.number, one.status,
                       one.number.lower() == code.lower(), "truck-return")
            for one in scoping.visible(reading.rma_listing().filter(number__istartswith=code), person)[:8]
        ]
    return found


def served(lots: Sequence[MaterialLot]) -> dict[str, Any]:
    """What customers said about a lot, and what was repaired or replaced after it left."""
    said, back = reading.of_lots(lots[:1]), reading.rmas_of_lots(lots[:1])
    return {"said": said, "back": back} if said or back else {}


dossier_parts.register(_("After it left"), "qms/complaint/dossier.html", served)
search.register(find)
inbox.register(waiting)
panels.register(panels.Panel(
    _("Suppliers and customers"), "qms:panel-partners", "complaint.read", "users-group", order=4,
    roles=frozenset({Role.QUALITY_MANAGER, Role.QUALITY_ENGINEER}), is_figures=True,
))
