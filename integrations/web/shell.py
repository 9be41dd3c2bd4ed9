"""What this room adds to the frame of every page: a line in the rail, a card, words, ways of finding."""

from django.urls import reverse
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from integrations.models import Channel, EpcisDocument, FileImport, Plc, PlcTag
from integrations.notify.queries import anomalous
from plant import navigation, panels, policies, scoping, search, subjects, words
from plant.models import Person, Role
from traceability import anomalies

CONTROLLERS = _("Sources of readings")
WATCHERS = frozenset({Role.MAINTENANCE, Role.INTEGRATOR, Role.ADMINISTRATOR, Role.QUALITY_ENGINEER})

navigation.register(
    navigation.Page("plant", CONTROLLERS, "integrations:plc-list", "plc.view", "cpu", 20),
    navigation.Page("plant", _("Scanners and instruments"), "integrations:reader-list", "plc.view", "barcode", 21),
    navigation.Page("plant", _("Channels"), "integrations:channel-list", "channel.read", "broadcast", 70),
    navigation.Page("plant", _("Import of files"), "integrations:import-list", "file.import", "file-import", 72),
    navigation.Act(
        _("Import a file"), "integrations:import-new", "file.import", "file-import", "integrations:import-list"
    ),
    navigation.Page("plant", _("EPCIS events"), "integrations:epcis-list", "epcis.read", "arrows-exchange", 75),
    navigation.Page("today", _("How I am told"), "integrations:reach", "inbox.view", "bell-cog", 9),
)
subjects.register(
    subjects.Subject(Channel, "channel.read", "integrations:channel-detail", key="pk"),
    subjects.Subject(FileImport, "file.import", "integrations:import-detail", key="pk"),
    subjects.Subject(EpcisDocument, "epcis.read", "integrations:epcis-detail", key="sha256"),
    subjects.Subject(PlcTag, "plc.view", "integrations:tag-detail", key="pk"),
)
panels.register(panels.Panel(CONTROLLERS, "integrations:plc-panel", "plc.view", "cpu", "plc", 80, WATCHERS))
words.register({
    "plc.setpoint_written": _("Setpoint written"),
    "equipment.recipe-written": _("Recipe written to the machine"),
    "equipment.recipe-not-verified": _("The machine does not hold the recipe"),
    "plc.setpoint_unconfirmed": _("Setpoint not confirmed"),
    "plctag.taken-up": _("Tag taken up"),
    "plc.secrets": _("User and password entered"),
    "plc.certificate": _("Certificate made"),
    "plctag.conditioned": _("Conditioning changed"),
    "channel.secrets": _("Secrets entered"),
    "channel.secret-changed": _("Signing secret changed"),
    "channel.former-secret-gone": _("Former signing secret let go"),
    "channel.events-asked": _("Events asked for"),
    "channel.events-left": _("Events asked for no more"),
    "channel.tested": _("Test message sent"),
    "fileimport.uploaded": _("File uploaded"),
    "fileimport.checking": _("Check of the rows begun"),
    "fileimport.checked": _("Rows checked"),
    "fileimport.writing": _("Writing of the rows begun"),
    "fileimport.done": _("Rows written"),
    "fileimport.left": _("File left unwritten"),
    "epcisdocument.captured": _("EPCIS document taken"),
    "message.waiting": _("Message sent again"),
})


def find_plcs(code: str, person: Person) -> list[search.Hit]:
    """A controller by its code."""
    if not code or not policies.may(person, "plc.view"):
        return []
    rows = scoping.visible(Plc.objects.filter(code__istartswith=code), person)[:8]
    return [
        search.Hit(plc.code, reverse("integrations:plc-detail", args=[plc.code]), now("PLC"), plc.name,
                   exact=plc.code == code, icon="cpu")
        for plc in rows
    ]  # fmt: skip


search.register(find_plcs)
anomalies.register("message", _("Message given up"), icon="mail-off", action="channel.read")(anomalous.messages)
