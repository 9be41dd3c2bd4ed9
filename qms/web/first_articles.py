"""The report of a first article, on the screen, on paper and as a workbook: three forms as AS9102 asks."""

import io
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from openpyxl import Workbook

from plant import policies, printing
from plant.commands import signatures
from plant.errors import Refusal
from plant.lists.sheets import FORMULA, MIMES
from plant.models import Meaning
from plant.printing import Sheet, Table, text
from plant.web import sheets
from plant.web.access import needs
from plant.web.acting import Dialogs, signed
from qms.commands import first_articles as commands
from qms.models import Drawing, Inspection
from qms.queries import drawings as reading
from qms.queries import inspections
from qms.queries.drawings import FirstArticle

LONGEST_NAME = 31


def _asked(request: HttpRequest, number: str) -> tuple[Inspection, list[Drawing], FirstArticle | None]:
    """The inspection, the drawings of its part, and the report by the chosen one."""
    task = inspections.by_number(number)
    drawings = reading.for_inspection(task)
    asked = request.GET.get("drawing", "")
    drawing = next((one for one in drawings if str(one.pk) == asked), drawings[0] if drawings else None)
    return task, drawings, reading.first_article(task, drawing) if drawing else None


@needs("inspection.read")
def report(request: HttpRequest, number: str, refusal: Refusal | None = None) -> HttpResponse:
    """The three forms of one inspection."""
    task, drawings, found = _asked(request, number)
    options = [(str(one.pk), f"{one} {one.title}") for one in drawings]
    dialogs = Dialogs(request, refusal)
    context = {
        "task": task, "options": options, "report": found, "dialogs": dialogs, "meaning": Meaning.APPROVED,
        "why_not_sign": policies.why_not(request.user, "inspection.sign") or reading.why_not_sign(request.user, found)
        if found else "", "seen_hash": signatures.content_hash(found.content) if found else "",
    }
    return render(request, "qms/drawing/first_article.html", context, status=dialogs.status)


@require_POST
@needs("inspection.sign")
def sign(request: HttpRequest, number: str) -> HttpResponse:
    """Sign the report as it stands on the page."""
    task, _drawings, found = _asked(request, number)
    if found is None:
        return get_object_or_404(Drawing.objects.none())
    try:
        commands.sign(inspection=task, drawing=found.drawing, **signed(request), by=request.user, at=timezone.now())
    except Refusal as refusal:
        return report(request, number, refusal=refusal)
    messages.success(request, _("The report is signed and stays as it is."))
    return redirect("qms:inspection-first-article", task.number)


@needs("inspection.read")
def paper(request: HttpRequest, number: str) -> HttpResponse:
    """The same as PDF."""
    task, _drawings, found = _asked(request, number)
    if found is None:
        return get_object_or_404(Drawing.objects.none())
    address = request.build_absolute_uri(request.path.removesuffix("report.pdf"))
    whole = sheets.complete(sheet(found), task, address)
    data = printing.pdf(whole, printed_by=request.user.name, printed_at=text(timezone.now()))
    answer = HttpResponse(data, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="first-article-{task.pk}.pdf"'
    return answer


@needs("inspection.read")
def workbook(request: HttpRequest, number: str) -> HttpResponse:
    """The same as Excel, a sheet for each form."""
    task, _drawings, found = _asked(request, number)
    if found is None:
        return get_object_or_404(Drawing.objects.none())
    book = Workbook(write_only=True)
    first = book.create_sheet(_("Form 1: part")[:LONGEST_NAME])
    for name, value in facts(found):
        first.append([name, plain(value)])
    for table in tables(found):
        page = book.create_sheet(table.title.replace(":", "")[:LONGEST_NAME])
        page.append(list(table.columns))
        for row in table.rows:
            page.append([plain(value) for value in row])
    out = io.BytesIO()
    book.save(out)
    answer = HttpResponse(out.getvalue(), content_type=MIMES["xlsx"])
    answer["Content-Disposition"] = f'attachment; filename="first-article-{task.pk}.xlsx"'
    return answer


def plain(value: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{value}" if value.startswith(FORMULA) else value


def facts(found: FirstArticle) -> list[tuple[str, str]]:
    """Form 1: the part and its drawing."""
    task, about = found.task, found.about
    decided = parse_datetime(about["decided_at"]) if about["decided_at"] else None
    rows: list[tuple[str, Any]] = [
        (_("Part number"), about["part"]), (_("Part name"), about["name"]), (_("Lot or serial"), about["lot"]),
        (_("Number of the report"), task.number), (_("Drawing number"), about["drawing"]),
        (_("Drawing revision"), about["revision"]), (_("Work order"), about["job_order"]),
        (_("Kind"), task.get_kind_display()), (_("Inspector"), about["inspector"]), (_("Decided"), decided),
        (_("Result"), result(found)),
    ]
    if found.signed is not None:
        rows += [(_("Signed by"), found.signed.by.name), (_("Signed"), found.signed.at)]
    return [(name, text(value)) for name, value in rows]


def result(found: FirstArticle) -> str:
    """The whole report in a word."""
    if not found.is_complete:
        return _("Not complete")
    return _("Pass") if found.is_good else _("Fail")


def tables(found: FirstArticle) -> list[Table]:
    """Form 2 and form 3."""
    parts = [(one.number, one.material, one.name, text(one.supplier)) for one in found.parts]
    words = {"PASS": _("Pass"), "FAIL": _("Fail"), "": "–"}
    lines = [
        (str(line.number), text(line.page), line.name, text(line.requirement), text(line.designator),
         ", ".join(line.results) or "–", words[line.verdict])
        for line in found.lines
    ]
    return [
        Table(_("Form 2: materials"), [_("Lot"), _("Material"), _("Name"), _("Supplier")], parts),
        Table(
            _("Form 3: characteristics"),
            [_("Number"), _("Page"), _("Characteristic"), _("Requirement"), _("Class"), _("Results"), _("Verdict")],
            lines, (0,),
        ),
    ]


def sheet(found: FirstArticle) -> Sheet:
    """The report on paper."""
    return Sheet(
        kind=_("First article inspection report"), number=found.task.number, title=str(found.task.lot.material),
        state=result(found), facts=facts(found), tables=tables(found),
        to_sign=[] if found.signed else [_("Prepared by"), _("Approved by")],
    )
