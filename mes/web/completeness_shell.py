"""What completeness of trace data adds to every page's frame: the rail, and the score in a lot's dossier."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from mes.models import GapKind, RuleChange
from mes.queries import completeness, completeness_rules
from mes.queries.completeness import Finding
from plant import inbox, navigation, subjects, words
from plant.models import Person
from traceability import dossier_parts
from traceability.models import MaterialLot

SHOWN = 60
# Where in the record of a lot each kind of gap shows.
TABS: dict[str, str] = {
    GapKind.CONSUMPTION: "materials", GapKind.REPORT: "methods", GapKind.OPERATOR: "people", GapKind.STAY: "machines",
    GapKind.READINGS: "machines", GapKind.VALUES: "measurements", GapKind.ORIGIN: "genealogy",
}
navigation.register(
    navigation.Page(
        "production", _("Completeness"), "mes:completeness", "completeness.read", "clipboard-check", 43
    ),
    navigation.Page("quality", _("Compare curves"), "mes:curves", "lot.read", "chart-line", 16),
)


subjects.register(subjects.Subject(RuleChange, "completeness.read", "mes:completeness-change-detail", key="pk"))
words.register({
    "rulechange.proposed": _("Change of a rule proposed"),
    "rulechange.approved": _("Change of a rule approved"),
    "rulechange.refused": _("Change of a rule refused"),
    "rulechange.withdrawn": _("Change of a rule withdrawn"),
})


def to_decide(person: Person) -> list[inbox.Item]:
    """Proposals of others that somebody could decide."""
    return [
        inbox.Item(
            str(one), reverse("mes:completeness-change-detail", args=[one.pk]), now("Change of a rule of completeness"),
            one.status, None, str(one.asked_by),
        )
        for one in completeness_rules.waiting(person)
    ]


inbox.register(to_decide)


def place_of(finding: Finding) -> str:
    """Where one sees what is missing and puts it right."""
    return place_at(finding.kind, finding.lot, finding.what)


def place_at(kind: str, lot: str, what: str) -> str:
    """The same, for what is told apart."""
    if kind == GapKind.INSPECTION:
        return reverse("qms:inspection-detail", args=[what])
    return reverse("traceability:lot-detail", args=[lot]) + f"?tab={TABS[kind]}"


def judged(lots: Sequence[MaterialLot]) -> dict[str, Any]:
    """The score of the lot and of everything behind it, with what is missing and where."""
    at, keys = timezone.now(), [lot.pk for lot in lots]
    scores = completeness.scores(keys, now=at)
    found = completeness.findings(keys, now=at, most=SHOWN)
    behind = completeness.together(scores[key] for key in keys[1:])
    return {
        "number": lots[0].number, "own": scores[keys[0]],
        "behind": behind if keys[1:] else None, "is_cut": len(found) == SHOWN,
        "findings": [(one, place_of(one)) for one in found],
    }


dossier_parts.register(_("Completeness"), "mes/completeness/dossier.html", judged, tab="genealogy")
