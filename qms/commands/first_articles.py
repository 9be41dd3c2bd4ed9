"""Signing the report of a first article: from then on it says what was signed."""

from datetime import datetime

from plant import policies
from plant.commands import journal, signatures
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Meaning, Person
from plant.transactions import command
from qms.models import Drawing, FirstArticleReport, Inspection
from qms.queries import drawings as reading


class ReportRefused(Refusal):
    """A report that can't be signed."""

    code = "report-refused"


@command
def sign(
    *, inspection: Inspection, drawing: Drawing, reason: str, password: str, seen_hash: str, by: Person, at: datetime
) -> FirstArticleReport:
    """Sign it, by somebody who measured nothing for it; its content is kept as it was read."""
    policies.check(by, "inspection.sign", inspection=inspection.number)
    task = lock(Inspection.objects.select_related("lot__material", "inspector").filter(pk=inspection.pk))[0]
    report = reading.first_article(task, drawing)
    if why := reading.why_not_sign(by, report):
        raise ReportRefused(why)
    signature = signatures.sign(
        subject=task, meaning=Meaning.APPROVED, content=report.content, seen_hash=seen_hash, password=password,
        reason=reason, by=by, at=at,
    )
    made = FirstArticleReport.objects.create(
        inspection=task, drawing=drawing, content=report.content, signature=signature, by=by, at=at
    )
    data = {"drawing": str(drawing)}
    journal.record("inspection.first-article-signed", subject=task, by=by, reason=reason, data=data)
    return made
