"""What deciding and improving adds to the frame of every page: words of the journal, pages of the rail, what waits."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from plant import inbox, navigation, scoping, subjects, words
from plant.models import Person
from qms.models import Audit, Concession
from qms.queries import audits, boards, capas, concessions
from qms.web import audit_sheet, case_sheets
from traceability import dossier_parts
from traceability.models import MaterialLot

SHOWN = 50
navigation.register(
    navigation.Page("quality", _("Quality desk"), "qms:desk", "quality.desk", "layout-dashboard", 10),
    navigation.Page("quality", _("Audits"), "qms:audit-list", "audit.read", "clipboard-check", 70),
    navigation.Page("quality", _("Cost of quality"), "qms:quality-cost", "quality-cost.read", "coins", 80),
    navigation.Page("quality", _("Concessions"), "qms:concession-list", "concession.read", "file-certificate", 45),
    navigation.Act(_("Open a CAPA…"), "qms:capa-new", "capa.open", "tools", "qms:capa-list"),
)
subjects.register(
    subjects.Subject(Audit, "audit.read", "qms:audit-detail", sheet=audit_sheet.sheet),
    subjects.Subject(Concession, "concession.read", "qms:concession-detail", sheet=case_sheets.concession),
)
words.register({
    "auditchecklist.signed": _("Signed"),
    "auditchecklist.approved": _("Checklist put into effect"),
    "auditchecklist.retired": _("Checklist retired"),
    "audit.planned": _("Audit planned"),
    "audit.running": _("Audit begun"),
    "audit.answered": _("Question answered"),
    "audit.signed": _("Signed"),
    "audit.reported": _("Audit reported"),
    "audit.finding-opened": _("Finding led on"),
    "audit.closed": _("Audit closed"),
    "audit.cancelled": _("Audit taken off the programme"),
    "nonconformance.classified": _("Defect and cause coded"),
    "nonconformance.repeated": _("Was there before"),
    "nonconformance.responsible": _("Responsibility named"),
    "nonconformance.sorting-ordered": _("Sorting ordered"),
    "nonconformance.sorted": _("Sorted"),
    "nonconformance.rechecked": _("Looked at again"),
    "nonconformance.board": _("Comes before the board"),
    "nonconformance.board-asked": _("Board asked"),
    "nonconformance.voted": _("Voted"),
    "nonconformance.board-ended": _("Board has ended"),
    "nonconformance.cost-added": _("Cost added"),
    "nonconformance.cost-dropped": _("Cost removed"),
    "lot.sent-to-repair": _("Sent to repair"),
    "lot.regraded": _("Regraded"),
    "supplierreturn.opened": _("Return to supplier opened"),
    "supplierreturn.sent": _("Return to supplier sent"),
    "boardreview.decided": _("Board has decided"),
    "boardreview.rejected": _("Board does not agree"),
    "concession.asked": _("Concession asked for"),
    "concession.customer-agreed": _("Customer agreed"),
    "concession.signed": _("Signed"),
    "concession.approved": _("Concession approved"),
    "concession.refused": _("Concession refused"),
    "concession.ended": _("Concession ended"),
    "concession.used": _("Used under concession"),
    "nonconformance.stop-ordered": _("Stop ordered"),
    "correctiveaction.stop-ordered": _("Stop ordered"),
    "correctiveaction.quarantined": _("Lots set aside"),
    "correctiveaction.eight-d": _("Worked on as an 8D"),
    "correctiveaction.cases-added": _("Nonconformances added"),
    "correctiveaction.stage-written": _("Stage written"),
    "correctiveaction.stage-finished": _("Stage finished"),
    "correctiveaction.stages-reopened": _("Stages opened again"),
    "correctiveaction.member-joined": _("Joined the team"),
    "correctiveaction.member-left": _("Left the team"),
    "correctiveaction.compared": _("Is and is not written"),
    "correctiveaction.why-answered": _("Why answered"),
    "correctiveaction.why-dropped": _("Why taken away"),
    "correctiveaction.root-marked": _("Root cause marked"),
    "correctiveaction.cause-supposed": _("Possible cause named"),
    "correctiveaction.cause-judged": _("Possible cause judged"),
    "correctiveaction.cause-dropped": _("Possible cause taken away"),
    "correctiveaction.action-verified": _("Action verified"),
    "correctiveaction.action-sent-back": _("Action sent back"),
    "correctiveaction.action-put-off": _("Action put off"),
    "correctiveaction.revision-opened": _("Planning document to be revised"),
    "capastage.done": _("Stage finished"),
    "capastage.open": _("Stage opened again"),
})


def waiting(person: Person) -> list[inbox.Item]:
    """Actions of one's own CAPAs that were done and that somebody must look at."""
    rows = scoping.visible(capas.to_verify(person).select_related("capa").order_by("due_at"), person)
    return [
        inbox.Item(
            f"{action.capa.number} {action.description[:80]}", reverse("qms:capa-detail", args=[action.capa.number]),
            now("Action to verify"), "DONE", None, str(action.done_by),
        )
        for action in rows.select_related("done_by")[:SHOWN]
    ]


def votes(person: Person) -> list[inbox.Item]:
    """What a board that somebody sits on waits for."""
    return [
        inbox.Item(
            f"{one.nonconformance.number} {one.nonconformance.title}",
            reverse("qms:nonconformance-detail", args=[one.nonconformance.number]), now("Vote on the board"), "OPEN",
            None, one.board.title, "signature",
        )
        for one in boards.waiting(person)[:SHOWN]
    ]


def conceded(lots: Sequence[MaterialLot]) -> dict[str, Any]:
    """Under which concessions pieces of a lot, or of what it was made from, were let through."""
    rows = concessions.of_lots([lot.pk for lot in lots])
    return {"uses": rows} if rows else {}


dossier_parts.register(_("Concessions"), "qms/concession/dossier.html", conceded)
def leading(person: Person) -> list[inbox.Item]:
    """Audits that somebody leads."""
    return [
        inbox.Item(
            f"{one.number} {one.title}", reverse("qms:audit-detail", args=[one.number]), now("Audit"), one.status,
            one.planned_at,
        )
        for one in audits.waiting(person, timezone.now())
    ]


inbox.register(leading)
inbox.register(votes)
inbox.register(waiting)
