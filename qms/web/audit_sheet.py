"""The report of an audit on paper."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plant.models import Person
from plant.printing import Sheet, Table, facts_of
from qms.models import Audit, AuditAnswer
from qms.queries import audits as reading

FACTS = (
    "checklist", "site", "area", "supplier", "lead", "auditee", "planned_at", "started_at", "reported_at", "hours",
    "score", "grade", "closed_at",
)


def sheet(row: Audit, reader: Person) -> Sheet:
    """What was asked, what was found, and what became of it."""
    rows = reading.answers(row)
    is_zh = (get_language() or "").startswith("zh")
    found = [
        (one.question.clause, one.evidence, str(one.get_answer_display()), led_to(one)) for one in rows
        if one.is_finding
    ]
    given = [
        (str(one.question.position), one.question.clause, (is_zh and one.question.text_zh) or one.question.text,
         f"{one.get_answer_display()} {'' if one.points is None else one.points}".strip(), one.evidence)
        for one in rows
    ]
    return Sheet(
        kind=_("Audit report"), number=row.number, title=row.title, state=str(row.get_status_display()),
        facts=facts_of(row, FACTS), texts=[(_("Summary"), row.summary)] if row.summary else [],
        tables=[
            Table(_("Findings"), [_("Clause"), _("What was seen"), _("Answer"), _("Leads to")], found),
            Table(_("Answers"), [_("Position"), _("Clause"), _("Question"), _("Answer"), _("Evidence")], given, (0,)),
        ],
    )


def led_to(one: AuditAnswer) -> str:
    """The nonconformance or CAPA with its state."""
    led = one.nonconformance or one.capa
    return f"{led.number} {led.get_status_display()}" if led else "–"
