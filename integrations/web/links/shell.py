"""What connections add to the frame of every page: lines in the rail, tasks in the inbox, words of the record book."""

from django.urls import reverse
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from integrations.links.queries import anomalous
from integrations.models import Connection, Difference, DifferenceStatus, Exchange, ExchangeStatus, Mapping
from plant import inbox, navigation, policies, scoping, search, subjects, words
from plant.models import Person, ReviewStatus
from traceability import anomalies

MOST = 50
navigation.register(
    navigation.Page("plant", _("Connections"), "integrations:connection-list", "connection.read", "arrows-exchange",
                    71),
    navigation.Page("plant", _("Dead letters"), "integrations:dead-list", "exchange.read", "mail-off", 72),
    navigation.Page("plant", _("Mappings"), "integrations:mapping-list", "mapping.read", "arrows-right-left", 73),
    navigation.Page("plant", _("Reconciliation"), "integrations:difference-list", "reconciliation.read", "scale", 74),
)
subjects.register(
    subjects.Subject(Connection, "connection.read", "integrations:connection-detail", key="code"),
    subjects.Subject(Exchange, "exchange.read", "integrations:exchange-detail", key="pk"),
    subjects.Subject(Mapping, "mapping.read", "integrations:mapping-detail", key="pk"),
    subjects.Subject(Difference, "reconciliation.read", "integrations:difference-detail", key="pk"),
)
words.register({
    "connection.created": _("Connection made"), "connection.changed": _("Connection changed"),
    "connection.begun-from-template": _("Connection begun from a template"),
    "connection.secrets": _("Secrets entered"), "connection.secrets-rotated": _("Secrets sealed with the new key"),
    "connection.switched-on": _("Put to use"), "connection.switched-off": _("Switched off"),
    "connection.tested": _("Connection tested"), "connection.sample-kept": _("Sample kept"),
    "connection.door-key-made": _("Key for pushing made"), "connection.door-key-closed": _("Key for pushing closed"),
    "connection.contents-emptied": _("Contents of old messages emptied"),
    "connection.in-trouble": _("In trouble"), "connection.well-again": _("Well again"),
    "mapping.created": _("Mapping begun"), "mapping.revised": _("Revision begun"), "mapping.review": _("Handed in"),
    "mapping.draft": _("Sent back"), "mapping.effective": _("Put into effect"), "mapping.obsolete": _("Ended"),
    "mapping.row-added": _("Row added"), "mapping.row-changed": _("Row changed"),
    "mapping.row-removed": _("Row removed"),
    "mapping.signed": _("Signed"), "exchange.signed": _("Signed"),
    "exchange.waiting": _("Carried again"), "exchange.dropped": _("Given up"),
    "exchange.change-proposed": _("Change proposed"), "exchange.change-declined": _("Change declined"),
    "difference.opened": _("Difference found"), "difference.assigned": _("Given to somebody"),
    "difference.settled": _("Settled"), "difference.gone": _("Agrees again"),
})


def waiting(person: Person) -> list[inbox.Item]:
    """Differences that are somebody's or nobody's, changes of messages and mappings that wait for a second person."""
    return [*_differences(person), *_changes(person), *_mappings(person)]


def _differences(person: Person) -> list[inbox.Item]:
    if not policies.may(person, "reconciliation.settle"):
        return []
    rows = scoping.visible(Difference.objects.filter(status=DifferenceStatus.OPEN), person)
    mine = rows.filter(owner=person) | rows.filter(owner__isnull=True)
    return [
        inbox.Item(str(one), reverse("integrations:difference-detail", args=[one.pk]), kind=now("Difference"),
                   state=one.status, due_at=one.due_at)
        for one in mine.order_by("due_at")[:MOST]
    ]


def _changes(person: Person) -> list[inbox.Item]:
    if not policies.may(person, "exchange.approve"):
        return []
    rows = scoping.visible(Exchange.objects.filter(status=ExchangeStatus.DEAD, proposed_by__isnull=False), person)
    return [
        inbox.Item(f"{one.connection.code} {one.subject}", reverse("integrations:exchange-detail", args=[one.pk]),
                   kind=now("Change of a message"), state=one.status, group="signature")
        for one in rows.exclude(proposed_by=person).select_related("connection").defer("body", "edited")[:MOST]
    ]


def _mappings(person: Person) -> list[inbox.Item]:
    if not policies.may(person, "mapping.approve"):
        return []
    rows = scoping.visible(Mapping.objects.filter(status=ReviewStatus.REVIEW), person)
    return [
        inbox.Item(str(one), reverse("integrations:mapping-detail", args=[one.pk]), kind=now("Mapping"),
                   state=one.status, group="signature")
        for one in rows.exclude(submitted_by=person).exclude(written_by=person)[:MOST]
    ]


def find_connections(code: str, person: Person) -> list[search.Hit]:
    """A connection by its code."""
    if not code or not policies.may(person, "connection.read"):
        return []
    rows = scoping.visible(Connection.objects.filter(code__istartswith=code), person)[:8]
    return [
        search.Hit(one.code, reverse("integrations:connection-detail", args=[one.code]), now("Connection"), one.name,
                   exact=one.code == code, icon="arrows-exchange")
        for one in rows
    ]


inbox.register(waiting)
search.register(find_connections)
anomalies.register("dead-letter", _("Dead letter"), icon="mail-exclamation", action="exchange.read")(
    anomalous.dead_letters
)
