"""What recalls add to every page's frame: the rail, words, waiting, search, paper, and a lot's dossier."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from plant import inbox, navigation, policies, scoping, search, subjects, words
from plant.models import Person
from plant.printing import Sheet, Table, amount, facts_of, text
from qms.models import Recall
from qms.queries import recalls as reading
from traceability import dossier_parts
from traceability.models import MaterialLot
from traceability.queries import mass_balance, scope

FACTS = ("kind", "severity", "site", "complaint", "nonconformance", "opened_by", "opened_at", "scoped_by", "scoped_at",
         "declared_by", "declared_at", "goal_minutes", "closed_by", "closed_at")


def sheet(one: Recall, reader: Person) -> Sheet:
    """A recall on paper; of a drill, its proof: how long it took, how much is accounted for, the mass balance."""
    proof = [
        (now("Time to the scope"), told_time(one.figures.get("seconds"))),
        (now("Lots reached"), str(one.figures.get("lots", "–"))),
        (now("Accounted for"), f"{one.figures.get('percent', '–')} %"),
    ]
    texts = [(now("Why"), one.reason), (now("Conclusion"), one.conclusion)]
    return Sheet(
        kind=now("Proof of a recall drill") if one.is_drill else now("Recall"), number=one.number, title=one.title,
        state=str(one.get_status_display()), facts=[*facts_of(one, FACTS), *proof],
        texts=[(heading, body) for heading, body in texts if body], tables=[*tables(one)],
    )


def told_time(seconds: float | None) -> str:
    """Minutes and seconds."""
    if seconds is None:
        return "–"
    return now("%(minutes)s min %(seconds)s s") % {"minutes": int(seconds // 60), "seconds": round(seconds % 60)}


def tables(one: Recall) -> list[Table]:
    """Where everything is, who has how much, the balance of the start, and the tasks."""
    placed = [
        (str(row.verdict_word), row.material, str(row.where_word), row.customer or "–", str(row.lots),
         f"{amount(row.quantity)} {row.unit}")
        for row in scope.counted(reading.reached(one))
    ]
    out = [
        (str(row.customer), str(row.material), amount(row.shipped), amount(row.returned), amount(row.destroyed),
         amount(row.open), f"{row.percent:.1f} %")
        for row in reading.customers(one)
    ]
    balance = [
        (str(whole.material), str(line.label), f"{amount(line.quantity)} {whole.material.unit.symbol}")
        for whole in mass_balance.of_lots(reading.roots(one)) for line in (*whole.came, *whole.went)
    ]
    tasks = [(row.title, row.owner.name, text(row.due_at), text(row.done_at), row.outcome) for row in
             one.tasks.select_related("owner")]
    return [
        Table(now("Where it is"), [now("Verdict"), now("Material"), now("Where"), now("Customer"), now("Lots"),
                                   now("Quantity")], placed, (4, 5)),
        Table(now("Customers"), [now("Customer"), now("Material"), now("Shipped"), now("Came back"), now("Destroyed"),
                                 now("Open"), now("Recovered")], out, (2, 3, 4, 5, 6)),
        Table(now("Mass balance of what it starts from"), [now("Material"), now("Where"), now("Quantity")], balance,
              (2,)),
        Table(now("Tasks"), [now("What is to be done"), now("Owner"), now("Due"), now("Done"),
                             now("What came of it")], tasks),
    ]


navigation.register(
    navigation.Page("quality", _("Recalls"), "qms:recall-list", "recall.read", "alert-octagon", 28),
    navigation.Act(_("Begin a drill…"), "qms:recall-drill", "recall.draft", "stopwatch", "qms:recall-list"),
)
subjects.register(subjects.Subject(Recall, "recall.read", "qms:recall-detail", sheet=sheet))
words.register({
    "recall.begun": _("Recall begun"),
    "recall.scoped": _("Scope found"),
    "recall.open": pgettext_lazy("recall", "Declared"),
    "recall.looked-again": _("Looked for more"),
    "recall.cancelled": _("Recall let go"),
    "recall.closed": _("Recall closed"),
    "recall.signed": _("Close of a recall signed"),
    "recall.task-given": _("Task given"),
    "recall.task-done": _("Task done"),
    "recall.customer-told": _("Customer told"),
    "recall.letters-written": _("Letters to customers written"),
    "recall.letter-given-up": _("A letter to a customer was given up"),
    "recallletter.sent": _("Letter delivered"),
    "recallletter.dead": _("Letter given up"),
    "recallletter.waiting": _("Letter tried again"),
    "recallletter.answered": _("Letter answered"),
    "recall.customer-answered": _("Customer answered"),
})


def waiting(person: Person) -> list[inbox.Item]:
    """Tasks in recalls, and drills that wait for somebody else to close them."""
    found = [
        inbox.Item(f"{one.recall.number} {one.title}", reading.url(one.recall), now("Task of a recall"), "OPEN",
                   one.due_at)
        for one in reading.open_tasks(person)
    ]
    if policies.may(person, "recall.close"):
        found += [
            inbox.Item(f"{one.number} {one.title}", reading.url(one), now("Recall to close"), one.status)
            for one in scoping.visible(reading.to_close(person), person)[:50]
        ]
    return found


def find(code: str, person: Person) -> list[search.Hit]:
    """A recall by its number."""
    if not code or not policies.may(person, "recall.read"):
        return []
    rows = scoping.visible(reading.listing().filter(number__istartswith=code), person)[:8]
    return [
        search.Hit(one.number, reading.url(one), now("Recall"), one.title, one.status,
                   one.number.lower() == code.lower(), "alert-octagon")
        for one in rows
    ]


def recalled(lots: Sequence[MaterialLot]) -> dict[str, Any]:
    """The recalls in which a lot stands, drills left out."""
    rows = Recall.objects.filter(kind="RECALL", notice__lots__lot=lots[0].pk, declared_at__isnull=False)
    found = list(rows.select_related("notice").order_by("-declared_at"))
    return {"recalls": found} if found else {}


dossier_parts.register(_("Recalls"), "qms/recall/dossier.html", recalled, tab="genealogy")
search.register(find)
inbox.register(waiting)
