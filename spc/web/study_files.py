"""A gauge study on paper and as a workbook: verdict, figures, tables, pictures and every value as it was measured."""

import io
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from plant.lists.sheets import MIMES
from plant.models import Person
from plant.printing import Sheet, Table, facts_of
from plant.web.access import needs
from spc import drawing
from spc.gauging.told import Cell, Grid, Told
from spc.models import Study, StudyStatus
from spc.queries import studies, study_pictures, study_words

FACTS = (
    "kind", "gauge", "equipment", "parts", "trials", "method", "seed", "designed_by", "designed_at", "concluded_by",
    "closed_at", "approved_by", "approved_at",
)
BOLD = Font(bold=True)
WIDE = 22


def sheet(study: Study, reader: Person) -> Sheet:
    """The report of a study on paper."""
    report = studies.Report(None) if _is_blind(study, reader) else studies.report(study)
    texts: list[tuple[str, str]] = [] if report.answer else [(_("Results"), report.refused or _("Being collected."))]
    tables, pictures = [], []
    if report.answer is not None:
        told = study_words.of(study, report.answer)
        texts = paragraphs(study, told)
        tables = [table(figures(told)), *(table(grid) for grid in told.grids), table(values(study))]
        pictures = study_pictures.of(study, report.answer, drawing.PAPER)
    return Sheet(
        kind=_("Gauge study"), number=study.code, title=f"{study.gauge} · {study.characteristic.title}",
        state=str(study.get_verdict_display() or study.get_status_display()),
        facts=[*facts_of(study, FACTS), *facts(study)], texts=texts, tables=tables, pictures=pictures,
    )  # fmt: skip


@needs("study.read")
def workbook(request: HttpRequest, code: str) -> HttpResponse:
    """The report and the values as Excel: numbers are numbers, and no text is taken for a formula."""
    study = studies.by_code(code)
    report = studies.Report(None) if _is_blind(study, request.user) else studies.report(study)
    book = Workbook(write_only=True)
    page = _page(book, _("Results"))
    for name, value in [(_("Study"), study.code), *facts_of(study, FACTS), *facts(study)]:
        page.append([_cell(page, name, bold=True), _cell(page, value)])
    if report.answer is not None:
        told = study_words.of(study, report.answer)
        for name, value in paragraphs(study, told):
            page.append([_cell(page, name, bold=True), _cell(page, value)])
        for grid in (figures(told), *told.grids):
            _write(page, grid)
        _write(_page(book, _("Values")), values(study))
    content = io.BytesIO()
    book.save(content)
    answer = HttpResponse(content.getvalue(), content_type=MIMES["xlsx"])
    answer["Content-Disposition"] = f'attachment; filename="{study.code}.xlsx"'
    return answer


def paragraphs(study: Study, told: Told) -> list[tuple[str, str]]:
    """How it was made, what it is judged by, what is to be known, what was concluded."""
    found = [(_("Method"), told.method), (_("Limits of acceptance"), told.limits)]
    found += [(_("To be known"), "\n".join(told.notes))] if told.notes else []
    return found + ([(_("Conclusion"), study.conclusion)] if study.conclusion else [])


def facts(study: Study) -> list[tuple[str, str]]:
    """Who measured, the tolerance, and which tolerance the gauge may judge."""
    limits, unit = study.characteristic, study.characteristic.parameter.unit.symbol
    ends = " … ".join("–" if one is None else f"{one:g}" for one in (limits.lower, limits.upper))
    found = [(_("Appraisers"), ", ".join(study.appraisers)), (_("Tolerance"), f"{ends} {unit}")]
    least = studies.smallest_tolerance(study)
    return found + ([(_("May judge tolerances from"), f"{least:.4g} {unit}")] if least is not None else [])


def figures(told: Told) -> Grid:
    """The main figures as a table."""
    rows = [(one.label, one.value, one.unit, one.hint) for one in told.figures]
    return Grid(_("Result"), (_("Figure"), _("Value"), _("Unit"), ""), rows)


def values(study: Study) -> Grid:
    """Every value as it was measured."""
    known = studies.parts(study)
    rows = [
        (cell.place, str(known.get(cell.part, cell.part)), cell.appraiser, cell.trial, studies.outcome(cell))
        for cell in study.readings.order_by("part", "appraiser", "trial")
    ]
    return Grid(_("Values"), (_("Order"), _("Part"), _("Appraiser"), _("Trial"), _("Value")), rows)


def table(grid: Grid) -> Table:
    """A table for paper, its numbers to the right."""
    numeric = [n for n in range(len(grid.columns)) if any(isinstance(row[n], int | float) for row in grid.rows)]
    return Table(grid.title, grid.columns, [[said(cell) for cell in row] for row in grid.rows], numeric)


def said(cell: Cell) -> str:
    """A cell in at most five digits."""
    if cell is None:
        return "–"
    return f"{cell:.5g}" if isinstance(cell, float) else str(cell)


def _is_blind(study: Study, reader: Person) -> bool:
    return study.status == StudyStatus.COLLECTING and not studies.may_look(reader)


def _page(book: Any, title: str) -> Any:
    page = book.create_sheet(title)
    for letter in "ABCDEFGHI":
        page.column_dimensions[letter].width = WIDE
    return page


def _write(page: Any, grid: Grid) -> None:
    page.append([])
    page.append([_cell(page, capfirst(grid.title), bold=True)])
    page.append([_cell(page, name, bold=True) for name in grid.columns])
    for row in grid.rows:
        page.append([_cell(page, one) for one in row])


def _cell(page: Any, value: Cell, *, bold: bool = False) -> Any:
    made = WriteOnlyCell(page, value)
    if isinstance(value, str):
        made.data_type = "s"
    if bold:
        made.font = BOLD
    return made
