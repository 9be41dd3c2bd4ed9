"""What this room adds to the frame of every page: lines in the rail, words for the journal, ways of finding."""

from django.urls import reverse
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from plant import navigation, policies, scoping, search, subjects, words
from plant.models import Equipment, Person
from traceability.models import Hold, MaterialLot
from traceability.web import sheets

LOTS, HOLDS = _("Lots and serials"), _("Holds")
WHERE_USED, HISTORY = _("Where a supplier's lot went"), _("Equipment history")
navigation.register(
    navigation.Page("material", LOTS, "traceability:lot-list", "lot.read", "packages", 10, "l"),
    navigation.Page("material", HOLDS, "traceability:hold-list", "hold.read", "hand-stop", 20, "x"),
    navigation.Page("material", WHERE_USED, "traceability:where-used", "lot.read", "affiliate", 30),
    navigation.Page("material", HISTORY, "traceability:equipment-list", "lot.read", "timeline-event", 40, "e"),
    navigation.Act(
        _("Receive a lot…"), "traceability:lot-receive", "lot.receive", "package-import", "traceability:lot-list"
    ),
    navigation.Act(_("Place a hold…"), "traceability:hold-place", "hold.place", "hand-stop", "traceability:hold-list"),
)

subjects.register(
    subjects.Subject(MaterialLot, "lot.read", "traceability:lot-detail", sheet=sheets.lot),
    subjects.Subject(Hold, "hold.read", "traceability:hold-detail", key="pk", sheet=sheets.hold),
)
words.register({
    "lot.received": _("Lot received"),
    "lot.made": _("Lot made"),
    "lot.split": _("Lot split"),
    "lot.held": _("Lot held"),
    "lot.moved": _("Lot moved"),
    "lot.consumed": _("Lot consumed"),
    "lot.produced": _("Output reported"),
    "lot.scrapped": _("Lot scrapped"),
    "consumption.undone": _("Consumption taken back"),
    "hold.placed": _("Hold placed"),
    "hold.released": _("Hold released"),
    "hold.signed": _("Release of a hold signed"),
    "readings.dropped": _("Old readings dropped, hourly values kept"),
})


def find_lots(code: str, person: Person) -> list[search.Hit]:
    """A lot or serial by its number, or by a part of it."""
    if not code or not policies.may(person, "lot.read"):
        return []
    near = scoping.visible(MaterialLot.objects.filter(number__istartswith=code).select_related("material"), person)
    rows = [*near.filter(number=code), *near.exclude(number=code)[:8]]
    return [
        search.Hit(
            lot.number, reverse("traceability:lot-detail", args=[lot.number]), lot.get_kind_display(),
            str(lot.material), lot.status, lot.number == code, "package",
        )
        for lot in rows
    ]


def find_equipment(code: str, person: Person) -> list[search.Hit]:
    """A machine by the number on its plate: its history."""
    if not code or not policies.may(person, "lot.read"):
        return []
    rows = scoping.visible(Equipment.objects.filter(code__istartswith=code), person)[:8]
    return [
        search.Hit(
            one.code, reverse("traceability:equipment-history", args=[one.code]), now("Equipment"), one.name, one.state,
            one.code == code, "engine",
        )
        for one in rows
    ]


search.register(find_lots)
search.register(find_equipment)
