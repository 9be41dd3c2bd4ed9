"""Which row an address names: the beginnings of URL names, and the model and field that the address carries."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.db.models import QuerySet
from django.urls import ResolverMatch, resolve, reverse

from plant import policies, scoping, subjects


@dataclass(frozen=True, slots=True)
class Subject:
    """A row that an address is about."""

    model: str
    field: str
    word: str = ""

    def value(self, words: dict[str, Any]) -> Any:
        """What the address says of it."""
        return words.get(self.word or self.field)


NOTHING = None  # an address whose words name no row of a site

# The longest beginning counts.
SUBJECTS: dict[str, Subject | None] = {
    "label": Subject("traceability.MaterialLot", "number"),
    "traceability.web.labels.follow": Subject("traceability.MaterialLot", "number"),
    "traceability:traceability.web.labels.follow": Subject("traceability.MaterialLot", "number"),
    "admin:": NOTHING,  # its querysets ask plant.scoping themselves
    "plant:help": NOTHING,
    "plant:enrol": NOTHING,
    "plant:talk": NOTHING,  # asks plant.subjects, which asks plant.scoping
    "plant:sheet": NOTHING,  # likewise
    "screen:": NOTHING,  # a wall's own secret stands for its place
    "traceability:labels": NOTHING,
    "plant:journal": Subject("plant.JournalEntry", "pk"),
    "plant:person": Subject("plant.Person", "pk"),
    "plant:device": Subject("plant.Device", "pk"),
    "traceability:lot": Subject("traceability.MaterialLot", "number"),
    "traceability:visit": Subject("traceability.Visit", "pk"),
    "traceability:hold": Subject("traceability.Hold", "pk"),
    "traceability:equipment": Subject("plant.Equipment", "code"),
    "qms:nonconformance": Subject("qms.Nonconformance", "number"),
    "qms:capa-open": Subject("qms.Nonconformance", "number"),
    "qms:capa": Subject("qms.CorrectiveAction", "number"),
    "qms:inspection": Subject("qms.Inspection", "number"),
    "qms:control-plan": NOTHING,
    "spc:chart": Subject("spc.ControlChart", "code"),
    "spc:limits": Subject("spc.ControlChart", "code"),
    "spc:violation": Subject("spc.Violation", "pk"),
    "spc:nonconformance": Subject("qms.Nonconformance", "number"),
    "mes:work-request": Subject("mes.WorkRequest", "number"),
    "mes:job-order": Subject("mes.JobOrder", "number"),
    "mes:station": Subject("plant.Equipment", "code"),
    "mes:wall": Subject("plant.Equipment", "code"),
    "station:": Subject("plant.Equipment", "code"),
    "integrations:plc": Subject("integrations.Plc", "code"),
    "integrations:tag": Subject("integrations.PlcTag", "pk"),
    "api:material-definition": NOTHING,
    "api:equipment": Subject("plant.Equipment", "code"),
    "api:work-request": Subject("mes.WorkRequest", "number"),
    "api:material-lot": Subject("traceability.MaterialLot", "number"),
    "api:genealogy": Subject("traceability.MaterialLot", "number"),
    "api:hold": Subject("traceability.Hold", "pk"),
    "api:nonconformance": Subject("qms.Nonconformance", "number"),
}

# The same for the topics of the live connection: what stands behind the dot.
TOPIC_SUBJECTS: dict[str, Subject] = {
    "wall": Subject("plant.Equipment", "code"),
    "station": Subject("plant.Equipment", "code"),
    "chart": Subject("spc.ControlChart", "pk"),
    "lot": Subject("traceability.MaterialLot", "number"),
    "hold": Subject("traceability.Hold", "pk"),
    "job": Subject("mes.JobOrder", "number"),
    "order": Subject("mes.WorkRequest", "number"),
    "violation": Subject("spc.Violation", "pk"),
    "nonconformance": Subject("qms.Nonconformance", "number"),
}

# The first page of people of other companies.
OWN_PAGES = {"partner.lots": "traceability:own-lots", "partner.orders": "mes:own-orders"}


def own_page(person: Any) -> str:
    """Where a partner's person begins; empty for everybody who has a home in the plant."""
    if policies.may(person, "home.view"):
        return ""
    names = [name for action, name in OWN_PAGES.items() if policies.may(person, action)]
    return reverse(names[0]) if names else ""


def subject(match: ResolverMatch) -> Subject | None:
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
    named = TOPIC_SUBJECTS.get(word)
    if named is None or (far.is_everywhere and far.partner is None):
        return True
    if named.field == "pk" and not name.isdecimal():
        return False
    return scoping.visible(_rows(named, name), person).exists()


def _rows(named: Subject, value: Any) -> "QuerySet[Any]":
    rows: QuerySet[Any] = apps.get_model(named.model)._default_manager.all()
    return rows.filter(**{named.field: value})
