"""What checks and stops add to every page's frame: the rail, words for the journal, what waits for somebody."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from mes.models import OperatorCheck, Stoppage
from mes.queries import operator_checks, skill_matrix, stoppages
from plant import inbox, navigation, policies, subjects, words
from plant.models import Person, PersonQualification

navigation.register(
    navigation.Page("production", _("Operator checks"), "mes:check-list", "check.read", "clipboard-list", 43),
    navigation.Page(
        "production", _("Stops and rectification"), "mes:stoppage-list", "stoppage.read", "player-stop", 44
    ),
    navigation.Page("production", _("Roster"), "mes:rosters", "roster.read", "calendar-event", 46),
    navigation.Page("production", _("Skill matrix"), "mes:skills", "roster.read", "certificate", 47),
    navigation.Act(_("Stop work…"), "mes:stoppage-create", "stoppage.stop", "player-stop", "mes:stoppage-list"),
)
subjects.register(
    subjects.Subject(OperatorCheck, "check.read", "mes:check-detail", key="pk"),
    subjects.Subject(Stoppage, "stoppage.read", "mes:stoppage-detail", key="pk"),
    # Evidence for a skill comes from those who plan people, not from whoever holds it.
    subjects.Subject(PersonQualification, "roster.read", "mes:skill-detail", key="pk", attach="roster.plan"),
)
words.register({
    "operatorcheck.due": _("Check due"),
    "operatorcheck.entered": _("Check carried out, awaits approval"),
    "operatorcheck.passed": _("Check passed"),
    "operatorcheck.failed": _("Check failed"),
    "operatorcheck.waived": _("Check left out"),
    "equipment.tool-changed": _("Tool changed"),
    "roster.planned": _("Planned for a shift"),
    "roster.taken-away": _("Planned shift taken away"),
    "handover.written": _("Handover note written"),
    "handover.read": _("Handover note acknowledged"),
    "stoppage.stopped": _("Work stopped"),
    "stoppage.resumed": _("Work goes on"),
    "stoppage.closed": _("Stop closed"),
    "stoppage.signed": _("Going on signed"),
    "stoppage.rectification-asked": _("Rectification asked for"),
    "stoppage.rectification-given": _("Rectification given to somebody"),
    "stoppage.rectification-done": _("Rectification done"),
    "stoppage.rectification-verified": _("Rectification verified"),
    "stoppage.rectification-open": _("Rectification sent back"),
    "stoppage.rectification-overdue": _("Rectification overdue"),
    "rectification.done": _("Rectification done"),
    "rectification.verified": _("Rectification verified"),
    "rectification.open": _("Rectification sent back"),
})


def waiting(person: Person) -> list[inbox.Item]:
    """The checks that somebody else has to approve."""
    if not policies.may(person, "check.approve"):
        return []
    return [
        inbox.Item(
            row.rule.title, reverse("mes:check-detail", args=[row.pk]), now("Operator check"), row.status, row.done_at,
            f"{row.job_segment.job_order.number} · {row.station.code}",
        )
        for row in operator_checks.waiting(person)
    ]


def to_put_right(person: Person) -> list[inbox.Item]:
    """What somebody has to put right, or to verify, after a stop."""
    if not policies.may(person, "rectification.do"):
        return []
    return [
        inbox.Item(
            row.what, reverse("mes:stoppage-detail", args=[row.stoppage_id]), now("Rectification"), row.status,
            row.due_at, row.stoppage.label,
        )
        for row in stoppages.waiting(person)
    ]


def running_out(person: Person) -> list[inbox.Item]:
    """Skills that run out within a month; seen, each comes again in its last week."""
    if not policies.may(person, "roster.read"):
        return []
    at = timezone.now()
    return [
        inbox.Item(
            now("%(person)s: “%(skill)s” runs out") % {"person": row.person.name, "skill": row.qualification.name},
            reverse("mes:skill-detail", args=[row.pk]), now("Skill"), "", row.valid_to, row.evidence,
            mark=f"skill:{row.pk}:{'week' if row.valid_to and row.valid_to <= at + skill_matrix.WEEK else 'month'}",
        )
        for row in skill_matrix.expiring(person, at=at)
    ]


inbox.register(running_out)
inbox.register(waiting)
inbox.register(to_put_right)
