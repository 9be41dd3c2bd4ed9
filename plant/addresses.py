"""Which row an address names: the beginnings of URL names, and the model and field that the address carries."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.db.models import QuerySet
from django.urls import ResolverMatch, resolve, reverse
from django.utils.translation import gettext_lazy as _

from plant import policies, scoping, subjects
from plant.addresses_of_edges import EDGES


@dataclass(frozen=True, slots=True)
class Named:
    """A row that an address is about."""

    model: str
    field: str
    word: str = ""

    def value(self, words: dict[str, Any]) -> Any:
        """What the address says of it."""
        return words.get(self.word or self.field)


# Rows that several addresses name.
LOT = Named("traceability.MaterialLot", "number")
PLACE = Named("plant.Equipment", "code")
NONCONFORMANCE = Named("qms.Nonconformance", "number")
CHART = Named("spc.ControlChart", "code")
ORDER = Named("mes.WorkRequest", "number")
JOB = Named("mes.JobOrder", "number")
HOLD = Named("traceability.Hold", "pk")
VIOLATION = Named("spc.Violation", "pk")
UNIT = Named("traceability.HandlingUnit", "number")
SHIPMENT = Named("traceability.Shipment", "number")
DEVIATION = Named("mes.Deviation", "pk")
ANDON = Named("mes.Andon", "pk")
STUDY = Named("spc.Study", "code")
NOTHING = None  # an address whose words name no row of a site

# The longest beginning counts.
SUBJECTS: dict[str, Named | None] = {
    "label": LOT,
    "traceability.web.labels.follow": LOT,
    "traceability:traceability.web.labels.follow": LOT,
    "admin:": NOTHING,  # its querysets ask plant.scoping themselves
    "plant:help": NOTHING,
    "plant:enrol": NOTHING,
    "plant:talk": NOTHING,  # asks plant.subjects, which asks plant.scoping
    "plant:sheet": NOTHING,  # likewise
    "screen:": NOTHING,  # a wall's own secret stands for its place
    "traceability:label": NOTHING,  # each asks plant.scoping for the row that it is of
    "plant:journal": Named("plant.JournalEntry", "pk"),
    "plant:person": Named("plant.Person", "pk"),
    "plant:feedback": Named("plant.Feedback", "pk"),
    "plant:device": Named("plant.Device", "pk"),
    "traceability:lot": LOT,
    "traceability:receipt": Named("traceability.GoodsReceipt", "number"),
    "traceability:call": Named("traceability.MaterialCall", "number"),
    "traceability:count": Named("traceability.StockCount", "number"),
    "traceability:storage": PLACE,
    "traceability:visit": Named("traceability.Visit", "pk"),
    "traceability:correction": Named("traceability.Correction", "number"),
    "traceability:own": NOTHING,  # asks plant.scoping itself
    "qms:own": NOTHING,
    "traceability:hold": HOLD,
    "traceability:equipment": PLACE,
    "qms:nonconformance": NONCONFORMANCE,
    "qms:capa-open": NONCONFORMANCE,
    "qms:audit": Named("qms.Audit", "number"),
    "qms:audit-checklist": NOTHING,  # checklists hold for every site
    "qms:objective": NOTHING,
    "plant:deputy": NOTHING,  # one's own; the view asks whose
    "qms:concession": Named("qms.Concession", "number"),
    "qms:return": Named("qms.SupplierReturn", "number"),
    "qms:capa-new": NOTHING,
    "qms:capa": Named("qms.CorrectiveAction", "number"),
    "qms:inspection": Named("qms.Inspection", "number"),
    "qms:control-plan": NOTHING,
    "qms:apqp": NOTHING,
    "qms:drawing": NOTHING,
    "qms:fmea": NOTHING,  # plans and what may fail hold for every site
    "qms:sampling": NOTHING,
    "qms:series": Named("qms.SamplingSeries", "pk", "number"),
    "qms:sensor": Named("qms.Sensor", "code"),
    "qms:gauge": Named("qms.Gauge", "code"),
    "qms:impact": Named("qms.ImpactReview", "number"),
    "qms:document": Named("qms.Document", "pk"),
    "qms:supplier": NOTHING,  # suppliers hold for every site
    "qms:supplier-request": Named("qms.SupplierRequest", "number"),
    "qms:complaint": Named("qms.Complaint", "number"),
    "qms:rma": Named("qms.Rma", "number"),
    "qms:recall-task": Named("qms.RecallTask", "pk"),
    "qms:recall": Named("qms.Recall", "number"),
    "qms:assessment": Named("qms.SupplierAssessment", "number"),
    "public:": NOTHING,  # the code on a label stands for its lot, and for nothing else
    "digital-link": NOTHING,
    "answer:": NOTHING,  # the signed link of a request stands for it, and for nothing else
    "spc:chart": CHART,
    "spc:limits": CHART,
    "spc:violation": VIOLATION,
    "spc:definition": Named("spc.ChartDefinition", "code"),
    "spc:study": STUDY,
    "spc:nonconformance": NONCONFORMANCE,
    "mes:work-request": ORDER,
    "mes:lot": LOT,
    "mes:job-order": JOB,
    "mes:unit": UNIT,
    "mes:shipment": SHIPMENT,
    "mes:routing": NOTHING,  # routings hold for every site
    "mes:golden": NOTHING,  # likewise
    "mes:data": Named("mes.DataValue", "pk"),
    "mes:roster": PLACE,
    "mes:skill-detail": Named("plant.PersonQualification", "pk"),
    "mes:handover": PLACE,
    "mes:stoppage": Named("mes.Stoppage", "pk"),
    "mes:check": Named("mes.OperatorCheck", "pk"),
    "mes:check-media": Named("mes.CheckValue", "pk"),
    "mes:instruction": NOTHING,  # likewise
    "mes:deviation": DEVIATION, "mes:andon": ANDON,
    "mes:maintenance": Named("mes.MaintenanceOrder", "number"),
    "mes:maintenance-open": NOTHING,  # the form finds only machines that its person reaches
    "mes:tool": Named("mes.Tool", "code"),
    "mes:part": Named("mes.SparePart", "code"),
    "mes:curves": NOTHING,  # finds only lots that its person reaches
    "mes:completeness": NOTHING,  # its queries and lists ask plant.scoping for the lines
    "mes:reject": Named("mes.RejectReminder", "pk"),
    "mes:spot-plan": Named("mes.SpotCheckPlan", "pk"),
    "mes:spot-check": Named("mes.SpotCheck", "pk"),
    "mes:spot-finding": Named("mes.SpotFinding", "pk"),
    "mes:station": PLACE, "mes:setup": PLACE,
    "mes:carrier": Named("mes.Carrier", "code"),
    "mes:oee": PLACE, "mes:dispatch": PLACE,
    "mes:figures": NOTHING,
    "mes:wall": PLACE, "mes:wall-lot": LOT,
    "mes:wall-screen": Named("mes.WallScreen", "pk"),
    "station:": PLACE,
    **{name: NOTHING if told is None else Named(*told) for name, told in EDGES.items()},
    "api:material-definition": NOTHING,
    "api:equipment": PLACE,
    "api:work-request": ORDER,
    "api:kitting": JOB,
    "api:shipment": SHIPMENT,
    "api:delivery-promise": Named("qms.DeliveryPromise", "number"),
    "api:material-lot": LOT,
    "api:genealogy": LOT,
    "api:hold": HOLD,
    "api:nonconformance": NONCONFORMANCE,
    "api:inspection": Named("qms.Inspection", "number"),
    "api:gauge": Named("qms.Gauge", "code"),
    "api:andon": ANDON,
    "api:maintenance-order": Named("mes.MaintenanceOrder", "number"),
    "api:tool": Named("mes.Tool", "code"),
    "api-epcis:event": NOTHING,  # asks plant.scoping itself
    "api-epcis:captured": Named("integrations.EpcisDocument", "sha256"),
}

# The same for the topics of the live connection: what stands behind the dot.
TOPIC_SUBJECTS: dict[str, Named] = {
    "wall": PLACE,
    "station": PLACE,
    "chart": Named("spc.ControlChart", "pk"),
    "lot": LOT, "hold": HOLD, "job": JOB, "order": ORDER, "violation": VIOLATION, "deviation": DEVIATION,
    "andon": ANDON, "nonconformance": NONCONFORMANCE, "inspection": Named("qms.Inspection", "number"),
}

# The pages of people of other companies, with their words; the first that somebody may see is where they begin.
OWN_PAGES: dict[str, tuple[str, Any]] = {
    "partner.lots": ("traceability:own-lots", _("My lots")),
    "partner.requests": ("qms:own-requests", _("My requests")),
    "partner.orders": ("mes:own-orders", _("My orders")),
    "partner.deliveries": ("traceability:own-deliveries", _("What I received")),
    "partner.complaints": ("qms:own-complaints", _("My complaints")),
}


def own_page(person: Any) -> str:
    """Where a partner's person begins; empty for everybody who has a home in the plant."""
    if policies.may(person, "home.view"):
        return ""
    pages = own_pages(person)
    return pages[0][0] if pages else ""


def own_pages(person: Any) -> list[tuple[str, Any]]:
    """Address and word of each page of a partner's person."""
    return [(reverse(name), word) for action, (name, word) in OWN_PAGES.items() if policies.may(person, action)]


def subject(match: ResolverMatch) -> Named | None:
    """What row an address names; an address with words that stands nowhere in the table is an error."""
    names = [name for name in SUBJECTS if match.view_name.startswith(name)]
    if names:
        return SUBJECTS[max(names, key=len)]
    if match.kwargs:
        raise LookupError(f"Say in plant/addresses.py what row the address {match.view_name} names.")
    return None


def is_within(match: ResolverMatch, person: Any, *, may_be_new: bool = False) -> bool:
    """Whether the row that an address names is within somebody's reach; one that is not there yet may be made."""
    far = scoping.reach(person)
    if not match.kwargs or (far.is_everywhere and far.partner is None):
        return True
    named = subject(match)
    value = named.value(match.kwargs) if named else None
    if named is None or value is None:
        return True
    rows = _rows(named, value)
    return scoping.visible(rows, person).exists() or (may_be_new and not rows.exists())


def leads(url: str, person: Any) -> bool:
    """Whether a link leads somebody to what they may see."""
    far = scoping.reach(person)
    return (far.is_everywhere and far.partner is None) or is_within(resolve(urlsplit(url).path), person)


def may_hear(word: str, name: str, person: Any) -> bool:
    """Whether the row that a topic speaks of is within somebody's reach."""
    far = scoping.reach(person)
    if word == "talk":
        kind, _dash, key = name.rpartition("-")
        return key.isdecimal() and subjects.find(kind, key, person) is not None
    part, _dash, key = name.partition("-")
    if word == "violation" and part == "chart":
        word, name = part, key
    named = TOPIC_SUBJECTS.get(word)
    if named is None or (far.is_everywhere and far.partner is None):
        return True
    if named.field == "pk" and not name.isdecimal():
        return False
    return scoping.visible(_rows(named, name), person).exists()


def _rows(named: Named, value: Any) -> "QuerySet[Any]":
    rows: QuerySet[Any] = apps.get_model(named.model)._default_manager.all()
    return rows.filter(**{named.field: value})
