"""Letters of a recall: what they say, in a mail and on paper, who had one, and who has more than theirs says."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

from plant.errors import Refusal
from plant.models import Partner
from plant.printing import Sheet, Table, amount, text
from qms.models import CustomerContact, PostStatus, Recall, RecallLetter
from qms.queries import recalls as reading

Row = Sequence[str]  # shipment, lot, material, quantity with its unit


class UnknownLetter(Refusal):
    """A letter that is not there."""

    code = "unknown-letter"


@dataclass(frozen=True, slots=True)
class Reader:
    """A customer who has some of it: where they are written to, and the lots that none of their letters names."""

    customer: Partner
    contact: CustomerContact | None
    is_written: bool
    unnamed: int


def one(recall: Recall, pk: int) -> RecallLetter:
    """One letter of a recall."""
    found = recall.letters.select_related("recall__site", "recall__notice", "customer").filter(pk=pk).first()
    if found is None:
        raise UnknownLetter(_("There is no such letter. Reload the page."))
    return found


def of(recall: Recall) -> list[RecallLetter]:
    """The letters of a recall, the newest first."""
    return list(recall.letters.select_related("customer", "made_by"))


def readers(recall: Recall) -> list[Reader]:
    """Every customer who has some of it, by code."""
    partners = {row.customer.pk: row.customer for row in reading.customers(recall)}
    contacts = {row.partner_id: row for row in CustomerContact.objects.filter(partner__in=partners)}
    named: dict[int, set[tuple[str, str]]] = {}
    for customer, rows in recall.letters.exclude(status=PostStatus.DEAD).values_list("customer", "lots"):
        named.setdefault(customer, set()).update((row[0], row[1]) for row in rows)
    has = reading.lots_of(recall, partners)
    found = []
    for pk, partner in sorted(partners.items(), key=lambda item: item[1].code):
        theirs = {(shipment, number) for number, _m, _q, _u, shipment in has.get(pk, [])}
        found.append(Reader(partner, contacts.get(pk), pk in named, len(theirs - named.get(pk, set()))))
    return found


def rows(recall: Recall, customer: Partner) -> list[list[str]]:
    """The lots that a customer has, as their letter lists them in the language of the moment."""
    return [
        [shipment, number, material, f"{amount(quantity)} {unit}"]
        for number, material, quantity, unit, shipment in reading.customer_lots(recall, customer)
    ]


def asks() -> str:
    """What every letter asks for."""
    return _("Please stop using and selling these lots, keep them apart, and tell us how many you have. "
             "Pieces come back at our cost; what is destroyed at your place, please confirm in writing.")


def notice(recall: Recall) -> str:
    """What people are to do, in the language of the moment."""
    return recall.notice.text_zh if translation.get_language() == "zh-hans" else recall.notice.text


def title(recall: Recall) -> str:
    """The subject of the mail."""
    return f"{_('Recall')} {recall.number} · {recall.title}"[:200]


def mail(recall: Recall, customer: Partner, lots: Sequence[Row]) -> str:
    """The whole letter as plain text; the paper with the form for the reply is enclosed."""
    lines = [
        f"{customer.name}", "", _("We call back: %(what)s") % {"what": recall.title}, recall.reason, "",
        _("What you are to do"), notice(recall), "", _("Lots that you received"),
        *(" · ".join(row) for row in lots), "", asks(), "",
        _("Fill in the enclosed sheet and send it back with the number %(number)s.") % {"number": recall.number},
    ]
    return "\n".join(lines)


def paper(recall: Recall, customer: Partner, lots: Sequence[Row]) -> Sheet:
    """The letter on paper: what is called back, what to do, which lots, and what to send back."""
    kept = [(_("In the customer's hands"), ""), (_("Already used or sold on"), ""), (_("Destroyed"), "")]
    return Sheet(
        kind=_("Recall letter"), number=recall.number, title=recall.title,
        facts=[(_("Customer"), str(customer)), (_("Declared"), text(recall.declared_at)), (_("Why"), recall.reason)],
        texts=[(_("What you are to do"), notice(recall) or "–"), (_("We ask you"), asks())],
        tables=[
            Table(_("Lots that you received"), [_("Shipment"), _("Lot"), _("Material"), _("Quantity")], lots, (3,)),
            Table(_("Your reply"), [_("Where"), _("Quantity")], kept, (1,)),
        ],
        to_sign=[_("Name, date, signature")],
    )
