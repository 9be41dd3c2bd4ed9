"""What spot checks add to every page's frame: the rail, words, what waits for somebody, the check on paper."""

from django.urls import reverse
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from mes.models import SpotCheck, SpotCheckPlan, SpotFinding
from mes.queries import spot_checks as reading
from plant import inbox, navigation, policies, scoping, subjects, words
from plant.models import Person
from plant.printing import Sheet, Table, facts_of, text

navigation.register(
    navigation.Page("quality", _("Spot checks"), "mes:spot-check-list", "spot-check.read", "list-search", 17),
)


def sheet(one: SpotCheck, reader: Person) -> Sheet:
    """A spot check on paper: the draw that anybody can repeat, each walk, each gap with its answer."""
    proof, sums = reading.proof(one), reading.sums(one)
    facts = [
        (now("Plan"), one.plan.name), (now("Week"), one.label), (now("Site"), text(one.plan.site)),
        (now("Line"), text(one.plan.line) if one.plan.line else now("Every line")),
        (now("Product family"), text(one.plan.family) if one.plan.family else now("Every finished good")),
        *facts_of(one, ("from_at", "to_at", "candidates", "drawn_at", "seed", "fingerprint", "closed_at")),
        (now("Drawn again by the seed"), now("the same lots") if proof.is_same else now("other lots")),
        (now("Score"), f"{sums['percent']:.1f} %"), (now("Lots met"), text(sums["met"] or 0)),
    ]
    return Sheet(
        kind=now("Proof of a spot check"), number=one.label, title=one.plan.name,
        state=str(one.get_status_display()), facts=facts, tables=[drawn(one), missing(one, reader)],
        to_sign=[now("Checked by")],
    )


def drawn(one: SpotCheck) -> Table:
    """The lots in the order of the draw."""
    rows = [
        (str(row.position), row.lot.number, str(row.lot.material), str(row.met), str(row.ends), f"{row.percent:.1f} %",
         now("not walked to the end") if row.is_cut else now("whole"))
        for row in reading.lots(one)
    ]
    columns = [now("Drawn as"), now("Lot"), now("Material"), now("Lots met"), now("Ends reached"), now("Score"),
               now("Walk")]
    return Table(now("Drawn lots"), columns, rows, (0, 3, 4, 5))


def missing(one: SpotCheck, reader: Person) -> Table:
    """What each walk found missing, who answered, and who confirmed it."""
    rows = []
    for row in reading.lots(one):
        for gap in reading.met(row, reader):
            found = gap.finding
            rows.append((
                row.lot.number, gap.lot.number if gap.lot else now("Belongs elsewhere"), gap.label,
                f"{gap.operation} {gap.what}".strip(), str(found.get_status_display()) if found else "–",
                f"{found.cause} {found.answer}".strip() if found else "–", text(found.closed_by) if found else "–",
            ))
    columns = [now("Drawn lot"), now("Missing in the record of"), now("What is missing"), now("Where"), now("State"),
               now("Answer"), now("Confirmed by")]
    return Table(now("Findings"), columns, rows)


subjects.register(
    subjects.Subject(SpotCheckPlan, "spot-check.read", "mes:spot-plan-detail", key="pk"),
    subjects.Subject(SpotCheck, "spot-check.read", "mes:spot-check-detail", key="pk", sheet=sheet),
    subjects.Subject(SpotFinding, "spot-check.read", "mes:spot-finding-detail", key="pk"),
)
words.register({
    "spotcheckplan.created": _("Spot checks planned"),
    "spotcheckplan.changed": _("Plan of spot checks changed"),
    "spotcheck.drawn": _("Lots drawn and walked"),
    "spotcheck.closed": _("Spot check closed"),
    "spotfinding.given": _("Finding given to somebody"),
    "spotfinding.answered": _("Finding answered"),
    "spotfinding.open": _("Answer sent back"),
    "spotfinding.closed": _("Answer confirmed"),
    "spotfinding.overdue": _("Finding overdue"),
})


def waiting(person: Person) -> list[inbox.Item]:
    """Findings that somebody has to answer, and answers that they could confirm."""
    if not policies.may(person, "spot-check.answer"):
        return []
    return [
        inbox.Item(
            str(row), reverse("mes:spot-finding-detail", args=[row.pk]), now("Finding of a spot check"), row.status,
            row.due_at, str(row.spot_check),
        )
        for row in scoping.within(reading.waiting(person), person)
    ]


inbox.register(waiting)
