"""What documents add to every page's frame: the rail, words, waiting, search, paper."""

from django.urls import reverse
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from plant import inbox, navigation, policies, search, subjects, words
from plant.models import Person
from plant.printing import Sheet, Table, facts_of, text
from qms.models import Document, DocumentStatus
from qms.queries import documents

FACTS = ("kind", "issuer", "edition", "author", "approved_by", "approved_at", "owner", "due_at", "file", "sha256")


def sheet(document: Document, reader: Person) -> Sheet:
    """A revision on paper: its facts, its distribution, and who knows it."""
    shared = [
        (str(one.get_role_display() if one.role else "–"), text(one.place), text(one.person),
         now("Yes") if one.must_read else now("No"))
        for one in documents.shares(document)
    ]
    known = [
        (one.person.number, one.person.name, one.training.get_how_display() if one.training else now("Not yet"),
         text(one.training.at) if one.training else "–")
        for one in documents.readers(document)
    ]
    return Sheet(
        kind=str(document.get_kind_display()), number=str(document), title=document.title,
        state=str(document.get_status_display()), facts=facts_of(document, FACTS),
        texts=[(now("What changed"), document.change)] if document.change else [],
        tables=[
            Table(now("Distribution"), [now("Role"), now("Site or line"), now("Person"), now("Must be read")], shared),
            Table(now("Training"), [now("Number"), now("Person"), now("How"), now("At")], known),
        ],
    )


navigation.register(
    navigation.Page("quality", _("Documents"), "qms:document-list", "document.read", "file-certificate", 58),
    navigation.Page("quality", _("Training matrix"), "qms:training-matrix", "document.read", "certificate", 59),
    navigation.Act(_("New document…"), "qms:document-begin", "document.write", "file-plus", "qms:document-list"),
)
subjects.register(subjects.Subject(Document, "document.read", "qms:document-detail", key="pk", sheet=sheet))
words.register({
    "document.created": _("Document begun"),
    "document.changed": _("Draft changed"),
    "document.filed": _("File of the draft"),
    "document.review": _("Handed in for review"),
    "document.draft": _("Sent back to its author"),
    "document.signed": _("Signed"),
    "document.approved": _("Approved, in effect later"),
    "document.effective": _("In effect"),
    "document.obsolete": _("Obsolete"),
    "document.read": _("Read and understood"),
    "document.taught": _("People were taught it"),
    "document.looked-over": _("Looked over"),
    "document.escalated": _("Escalated"),
})


def reading(person: Person) -> list[inbox.Item]:
    """What somebody has to read, what waits for their signature, what they look over."""
    mine = documents.to_read(person) if policies.may(person, "document.sign") else []
    found = [
        inbox.Item(f"{one} {one.title}", reverse("qms:document-view", args=[one.pk]), now("Read and sign"),
                   one.status, one.effective.lower, str(one.get_kind_display()), "signature")
        for one in mine
    ]
    if policies.may(person, "document.approve"):
        rows = Document.objects.filter(status=DocumentStatus.REVIEW).exclude(author=person).order_by("pk")[:50]
        found += [
            inbox.Item(f"{one} {one.title}", documents.url(one), now("Document to approve"), one.status,
                       group="signature")
            for one in rows
        ]
    found += [
        inbox.Item(f"{one} {one.title}", documents.url(one), now("Document to look over"), "DUE", one.due_at)
        for one in documents.to_look_over(person)
    ]
    return found


def find(code: str, person: Person) -> list[search.Hit]:
    """A document by its number."""
    if not code or not policies.may(person, "document.read"):
        return []
    rows = Document.objects.filter(code__istartswith=code, status__in=documents.SHOWN).order_by("code", "-revision")
    return [
        search.Hit(str(one), documents.url(one), now("Document"), one.title, one.status,
                   one.code.lower() == code.lower(), "file-certificate")
        for one in rows[:8]
    ]


search.register(find)
inbox.register(reading)
