"""The import of files at the desk: choose a file, match its columns, see what it would do, write it, mend the rest."""

from typing import Any

from django import forms
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from integrations.formats import tables
from integrations.imports import objects, running, tasks
from integrations.imports.commands import file_imports
from integrations.imports.objects import IMPORTED
from integrations.imports.queries import file_imports as reading
from integrations.models import FileImport, FileImportStatus
from plant.errors import Refusal
from plant.queries import journal
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs
from plant.web.console_files import download
from plant.web.forms import Form

ACTION = "file.import"
STEPS = (
    (FileImportStatus.UPLOADED, _("Columns"), "columns"), (FileImportStatus.CHECKED, _("Check"), "list-check"),
    (FileImportStatus.DONE, _("Written"), "database-import"),
)
PLACES = {"UPLOADED": 0, "CHECKING": 1, "CHECKED": 1, "WRITING": 2, "DONE": 3, "LEFT": 0}
WHOLE = [("", _("Each row by itself: what is right is written")), ("1", _("All rows or none"))]


class UploadForm(Form):
    """A file, and what its rows are."""

    noun = forms.ChoiceField(label=_("What the rows are"))
    file = forms.FileField(label=_("File"), help_text=_("Excel, CSV or XML; at most 50,000 rows and 20 MB."))
    is_whole = forms.ChoiceField(label=_("How it is written"), choices=WHOLE, required=False)
    encoding = forms.ChoiceField(
        label=_("Encoding"), required=False,
        choices=[("", _("As the file shows")), ("utf-8", "UTF-8"), ("gb18030", "GB18030 (GBK)")],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = [(noun.code, str(noun.name)) for noun in objects.offered(self.by)]
        self.fields["noun"].choices = sorted(found, key=lambda one: one[1])  # type: ignore[attr-defined]


class ColumnsForm(Form):
    """Which column each heading of a file is."""

    def __init__(self, *args: Any, file_import: FileImport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.headings = file_import.headings
        known = objects.columns_of(IMPORTED[file_import.noun])
        choices = [("", _("— left out —"))]
        choices += [(one.name, f"{one.title}{' *' if one.is_required else ''}") for one in known]
        rows = reading.sample(file_import)
        for number, heading in enumerate(self.headings):
            said = list(dict.fromkeys(row[heading] for row in rows if row.get(heading)))[:3]
            self.fields[f"h{number}"] = forms.ChoiceField(
                label=heading, choices=choices, required=False, initial=file_import.columns.get(heading, ""),
                help_text=gettext("In the file: %(values)s") % {"values": " · ".join(one[:40] for one in said)},
            )

    def chosen(self) -> dict[str, str]:
        """Heading → column."""
        said = {heading: self.cleaned_data[f"h{number}"] for number, heading in enumerate(self.headings)}
        return {heading: name for heading, name in said.items() if name}


@needs(ACTION)
def new(request: HttpRequest) -> HttpResponse:
    """Choose a file and say what it holds."""
    form = UploadForm(request.POST or None, request.FILES or None, by=request.user)
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            row = file_imports.upload(
                noun=said["noun"], file_name=said["file"].name, content=said["file"].read(), by=request.user,
                encoding=said["encoding"], is_whole=bool(said["is_whole"]), at=timezone.now(),
            )
            return redirect("integrations:import-detail", row.pk)
        except Refusal as error:
            refusal = error
    nouns = [(noun, objects.columns_of(noun)) for noun in objects.offered(request.user)]
    context = {"form": form, "refusal": refusal, "nouns": nouns, "kinds": tables.KINDS}
    status = 409 if refusal else 422 if form.errors else 200
    return render(request, "integrations/import/new.html", context, status=status)


def find(pk: int) -> FileImport:
    """An import by its number."""
    row = FileImport.objects.select_related("by", "site").filter(pk=pk).first()
    if row is None or row.noun not in IMPORTED:
        raise Http404
    return row


@needs(ACTION)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """An import: what is to be done next, and what is wrong."""
    return page(request, pk)


def page(request: HttpRequest, pk: int, refusal: Refusal | None = None) -> HttpResponse:
    """The page of an import; a refused act is told above it."""
    row, dialogs = find(pk), Dialogs(request, refusal)
    is_mine = row.by_id == request.user.pk
    form = ColumnsForm(file_import=row, by=request.user) if is_mine and row.content else None
    if form and refusal and "columns" in dialogs.opened:
        form = ColumnsForm(request.POST, file_import=row, by=request.user)
    context = {
        "row": row, "noun": IMPORTED[row.noun], "form": form, "dialogs": dialogs, "refused": reading.refusals(row),
        "shown": reading.SHOWN, "steps": steps(row), "timeline": journal.timeline(row), "is_mine": is_mine,
        "is_running": row.status in file_imports.RUNNING, "left_out": [h for h in row.headings if h not in row.columns],
        "may_write": is_mine and row.status == "CHECKED" and row.created + row.changed > 0
        and not (row.is_whole and row.refused),
    }
    return render(request, "integrations/import/detail.html", context, status=dialogs.status)


def steps(row: FileImport) -> list[dict[str, Any]]:
    """How far an import is."""
    at = PLACES[row.status]
    return [
        {"label": label, "icon": icon, "tone": "done" if n < at else "running" if n == at else "",
         "current": n == at}
        for n, (_state, label, icon) in enumerate(STEPS)
    ]


@require_safe
@needs(ACTION)
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far it has come; the page comes anew when it has ended."""
    row = find(pk)
    answer = render(request, "integrations/import/progress.html", {"row": row})
    if row.status not in file_imports.RUNNING:
        answer["HX-Refresh"] = "true"
    return answer


act = Acts(find=find, back="integrations:import-detail", page=page, key="pk")


def go_on(row: FileImport) -> None:
    """Few rows at once, many in the background."""
    if row.rows <= running.AT_ONCE:
        running.run(row.pk)
    else:
        transaction.on_commit(lambda: tasks.run.delay(row.pk))


def told_check(row: FileImport) -> str:
    """What a check has come to."""
    return gettext("Checked; nothing is written yet.") if row.status == "CHECKED" else gettext("Being checked.")


def told_write(row: FileImport) -> str:
    """What the writing has come to."""
    return gettext("Written.") if row.status == "DONE" else gettext("Being written.")


@act(ACTION, done=told_check)
def columns(request: HttpRequest, row: FileImport) -> None:
    """Say which heading is which column, and have the rows checked."""
    form = ColumnsForm(request.POST, file_import=row, by=request.user)
    form.is_valid()
    go_on(file_imports.begin_check(file_import=row, columns=form.chosen(), by=request.user, at=timezone.now()))


@act(ACTION, done=told_write)
def write(request: HttpRequest, row: FileImport) -> None:
    """Write what was checked."""
    go_on(file_imports.begin_write(file_import=row, by=request.user, at=timezone.now()))


@act(ACTION, done=_("Nothing of the file was written."))
def leave(request: HttpRequest, row: FileImport) -> None:
    """Do not write it."""
    file_imports.leave(file_import=row, by=request.user, at=timezone.now())


@require_safe
@needs(ACTION)
def corrections(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The refused rows, to be mended and sent again."""
    row = find(pk)
    if kind not in (tables.CSV, tables.XLSX):
        raise Http404
    stem = row.file_name.rpartition(".")[0] or row.file_name
    return download(reading.corrections(row, kind), f"{ascii_name(stem)}-errors.{kind}", tables.TYPES[kind])


@require_safe
@needs(ACTION)
def template(request: HttpRequest, noun: str, kind: str) -> HttpResponse:
    """An empty file with the columns of a kind of object."""
    found = next((one for one in objects.offered(request.user) if one.code == noun), None)
    if found is None or kind not in tables.KINDS:
        raise Http404
    heads = [column.head() for column in objects.columns_of(found)]
    return download(tables.template(kind, str(found.name), heads), f"{noun}.{kind}", tables.TYPES[kind])


def ascii_name(name: str) -> str:
    """A name that may stand in a header."""
    return "".join(char if char.isascii() and (char.isalnum() or char in "-_") else "_" for char in name)[:80]
