"""What suppliers add to every page's frame: the rail, words, waiting, search, and a way from a nonconformance."""

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from plant import inbox, navigation, policies, scoping, search, subjects, words
from plant.models import Person
from qms.models import AssessmentStatus, Supplier, SupplierAssessment, SupplierRequest
from qms.queries import supplier_requests, suppliers
from qms.web import plain_papers, scorecards

navigation.register(
    navigation.Page("quality", _("Suppliers"), "qms:supplier-list", "supplier.read", "building-factory", 42),
    navigation.Page("quality", _("Approved sources"), "qms:source-list", "supplier.read", "list-check", 43),
    navigation.Page(
        "quality", _("Requests to suppliers"), "qms:supplier-request-list", "supplier-request.read", "mail-forward", 44
    ),
    navigation.Act(
        _("Ask a supplier…"), "qms:supplier-request-open", "supplier-request.open", "mail-forward",
        "qms:supplier-request-list",
    ),
)
subjects.register(
    subjects.Subject(Supplier, "supplier.read", "qms:supplier-detail", sheet=scorecards.sheet),
    subjects.Subject(SupplierAssessment, "supplier.read", "qms:assessment-detail", sheet=plain_papers.assessment),
    subjects.Subject(
        SupplierRequest, "supplier-request.read", "qms:supplier-request-detail", sheet=plain_papers.request
    ),
)
words.register({
    "supplier.created": _("Supplier's card begun"),
    "supplier.changed": _("Supplier's card changed"),
    "supplier.paper": _("Paper of the supplier"),
    "supplier.paper-expired": _("Paper of the supplier ran out"),
    "supplier.admitted": _("Supplier admitted"),
    "supplier.conditional": _("Supplier admitted with conditions"),
    "supplier.blocked": _("Supplier blocked"),
    "supplierassessment.opened": _("Questionnaire begun"),
    "supplierassessment.answered": _("Points entered"),
    "supplierassessment.scored": _("Questionnaire handed in"),
    "supplierassessment.open": _("Sent back to its assessor"),
    "supplierassessment.signed": _("Signed"),
    "supplierassessment.decided": _("Decided about the supplier"),
    "supplierassessment.cancelled": _("Questionnaire called off"),
    "approvedsource.set": _("Approved sources changed"),
    "supplierrequest.opened": _("Supplier asked"),
    "supplierrequest.review": _("The supplier answered"),
    "supplierrequest.open": _("With the supplier again"),
    "supplierrequest.step-accepted": _("Answer accepted"),
    "supplierrequest.step-refused": _("Answer refused"),
    "supplierrequest.link-renewed": _("New link for the supplier"),
    "supplierrequest.closed": _("Request closed"),
    "supplierrequest.cancelled": _("Request taken back"),
    "supplierrequest.escalated": _("Escalated"),
    "nonconformance.supplier-asked": _("Supplier asked"),
})


def waiting(person: Person) -> list[inbox.Item]:
    """Answers of suppliers to judge, what suppliers let lie, rounds of the questionnaire to decide."""
    found = [
        inbox.Item(f"{one.number} {one.title}", supplier_requests.url(one), now("Answer of a supplier"), one.status,
                   None, one.supplier.name)
        for one in supplier_requests.to_judge(person)
    ]
    at = timezone.now()
    found += [
        inbox.Item(f"{one.number} {one.title}", supplier_requests.url(one), now("Supplier is late"), "OVERDUE",
                   one.due_at, one.supplier.name)
        for one in supplier_requests.overdue(at).filter(owner=person)[:50]
    ]
    if policies.may(person, "supplier.decide"):
        rows = SupplierAssessment.objects.filter(status=AssessmentStatus.SCORED).exclude(assessor=person)
        found += [
            inbox.Item(f"{one.number} {one.supplier}", reverse("qms:assessment-detail", args=[one.number]),
                       now("Supplier to decide about"), one.status, group="signature")
            for one in rows.select_related("supplier__partner").order_by("pk")[:50]
        ]
    found += [
        inbox.Item(f"{one.supplier.partner.code} {one}", suppliers.url(one.supplier), now("Paper ran out"), "EXPIRED",
                   one.due_at)
        for one in suppliers.expired(at).filter(supplier__owner=person)[:50]
    ]
    return found


def find(code: str, person: Person) -> list[search.Hit]:
    """A supplier by code, a request by number."""
    found: list[search.Hit] = []
    if code and policies.may(person, "supplier.read"):
        named = Q(partner__code__istartswith=code) | Q(partner__name__icontains=code)
        rows = Supplier.objects.filter(named).select_related("partner")
        found += [
            search.Hit(one.number, suppliers.url(one), now("Supplier"), one.partner.name, one.status,
                       one.number.lower() == code.lower(), "building-factory")
            for one in rows[:8]
        ]
    if code and policies.may(person, "supplier-request.read"):
        asked = SupplierRequest.objects.filter(number__istartswith=code)
        found += [
            search.Hit(one.number, supplier_requests.url(one), now("Request to a supplier"), one.title, one.status,
                       one.number.lower() == code.lower(), "mail-forward")
            for one in scoping.visible(asked, person)[:8]
        ]
    return found


search.register(find)
inbox.register(waiting)
