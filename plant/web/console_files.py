"""The console's files: export of what the list shows, a template, and import in two steps that can be undone."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from plant.commands import imports, undoing
from plant.console import books, files
from plant.console.plans import CHANGED, FAULTY, NEW, ROW, SAME, Plan
from plant.errors import Refusal
from plant.models import ImportStatus, MasterImport
from plant.queries import imports as reading

MOST_EXPORTED = 50_000
# Rows of a check that are shown; faulty ones first, the same ones never.
SHOWN = 500
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Exports:
    """Gives an admin page its files to take away."""

    def sheet_for_export(self: Any) -> Any:
        return self.sheet

    def get_urls(self: Any) -> list[URLPattern]:
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view(self.export_view)
        return [path("export/<str:kind>/", view, name=f"{name}_export"), *super().get_urls()]

    def export_view(self: Any, request: HttpRequest, kind: str) -> HttpResponse:
        """The rows that the list shows with its filters, as Excel or CSV."""
        if not self.has_view_permission(request) or kind not in ("csv", "xlsx"):
            raise PermissionDenied
        rows = self.get_changelist_instance(request).get_queryset(request)
        if rows.order_by()[: MOST_EXPORTED + 1].count() > MOST_EXPORTED:
            message = _("More than %(most)s rows: choose fewer with the filters, then export.")
            self.message_user(request, message % {"most": MOST_EXPORTED}, messages.ERROR)
            return HttpResponseRedirect(f"{self.url('changelist')}?{request.GET.urlencode()}")
        return self._file(kind, rows)

    def _file(self: Any, kind: str, rows: Any) -> HttpResponse:
        sheet = self.sheet_for_export()
        names = [column.name for column in sheet.columns]
        cells = ([row[name] for name in names] for _pk, row in sheet.texts(rows))
        if kind == "xlsx":
            return download(books.as_xlsx(sheet, cells), f"{self.opts.model_name}.xlsx", XLSX)
        head = [column.title for column in sheet.columns]
        lines = (line for part in ([head], cells) for line in part)
        response = StreamingHttpResponse(files.as_csv(lines), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{self.opts.model_name}.csv"'
        return response


class Imports:
    """Gives an admin page its files to take in."""

    def get_urls(self: Any) -> list[URLPattern]:
        name, view = f"{self.opts.app_label}_{self.opts.model_name}", self.admin_site.admin_view
        return [
            path("template/<str:kind>/", view(self.template_view), name=f"{name}_template"),
            path("import/", view(self.import_view), name=f"{name}_import"),
            path("import/<int:pk>/confirm/", view(self.confirm_view), name=f"{name}_confirm"),
            path("import/<int:pk>/undo/", view(self.undo_view), name=f"{name}_undo"),
            *super().get_urls(),
        ]

    def _check(self: Any, request: HttpRequest) -> None:
        if not self.has_change_permission(request):
            raise PermissionDenied

    def _import(self: Any, pk: int) -> MasterImport:
        found = MasterImport.objects.filter(pk=pk, sheet=self.sheet.label).first()
        if found is None:
            raise Http404
        return found

    def template_view(self: Any, request: HttpRequest, kind: str) -> HttpResponse:
        """An empty file with the columns and what to write into them."""
        self._check(request)
        name = f"{self.opts.model_name}-template"
        if kind == "xlsx":
            return download(books.template(self.sheet), f"{name}.xlsx", XLSX)
        text = "".join(files.as_csv(books.template_rows(self.sheet)))
        return download(text.encode(), f"{name}.csv", "text/csv; charset=utf-8")

    def import_view(self: Any, request: HttpRequest) -> HttpResponse:
        """Choose a file; see what it would do, row by row."""
        self._check(request)
        if request.method != "POST":
            return self._choose(request)
        sent = request.FILES.get("file")
        try:
            if sent is None:
                raise files.FileRefused(_("Choose a file first."))
            if sent.size > files.MOST_BYTES:
                raise files.FileRefused(_("The file is larger than %(most)s MB. Divide it.") % {
                    "most": files.MOST_BYTES // 1_000_000})
            content = sent.read()
            pending, plan = imports.check(
                sheet=self.sheet, table=files.read(sent.name, content), file_name=sent.name, content=content,
                by=request.user, at=timezone.now(),
            )
        except Refusal as refusal:
            return self._choose(request, refusal=refusal, status=409)
        return self.page(request, "checked", _("What the file would do"), pending=pending, **shown(plan))

    def _choose(self: Any, request: HttpRequest, **context: Any) -> HttpResponse:
        columns = [(column, books.note(column)) for column in self.sheet.columns]
        label = self.sheet.label
        title = _("Import: %(what)s") % {"what": self.opts.verbose_name_plural}
        limits = {"rows": files.MOST_ROWS, "megabytes": files.MOST_BYTES // 1_000_000}
        done, last = reading.latest(label), reading.last(label)
        return self.page(request, "import", title, columns=columns, done=done, last=last, limits=limits, **context)

    def confirm_view(self: Any, request: HttpRequest, pk: int) -> HttpResponse:
        """Write what the check showed."""
        self._check(request)
        pending = self._import(pk)
        if request.method != "POST":
            return HttpResponseRedirect(self.url("import"))
        try:
            if pending.status != ImportStatus.CHECKED or not pending.content:
                raise imports.ImportRefused(_("This file was written before. Check it again."))
            table = files.read(pending.file_name, bytes(pending.content))
            done = imports.confirm(pending=pending, table=table, by=request.user, at=timezone.now())
        except Refusal as refusal:
            return self._choose(request, refusal=refusal, status=409)
        message = _("%(file)s is written: %(added)s new, %(changed)s changed. It can be undone here.")
        told = {"file": done.file_name, "added": done.added, "changed": done.changed}
        self.message_user(request, message % told, messages.SUCCESS)
        return HttpResponseRedirect(self.url("import"))

    def undo_view(self: Any, request: HttpRequest, pk: int) -> HttpResponse:
        """See what undoing would do; do it."""
        self._check(request)
        done = self._import(pk)
        try:
            if request.method == "POST":
                found = undoing.undo(done=done, by=request.user, at=timezone.now())
                message = _("Undone: %(reverted)s rows as before, %(removed)s deleted, %(left)s left as they are.")
                told = {"reverted": found.reverted, "removed": found.removed, "left": len(found.left)}
                self.message_user(request, message % told, messages.SUCCESS)
                return HttpResponseRedirect(self.url("import"))
            last = reading.last(self.sheet.label)
            if last is None or last.pk != done.pk:
                raise imports.ImportRefused(_("Only the last import of a kind can be undone, and only once."))
            found = undoing.preview(done=done, by=request.user)
        except Refusal as refusal:
            return self._choose(request, refusal=refusal, status=409)
        return self.page(request, "undo", _("Undo the import"), done=done, found=found, left=found.left[:SHOWN])


def shown(plan: Plan) -> dict[str, Any]:
    """A plan as the page shows it: faults first, then what changes; what stays the same is only counted."""
    titles = {column.name: column.title for column in plan.sheet.columns}
    order = [FAULTY, CHANGED, NEW]
    rows = sorted((row for row in plan.rows if row.verb != SAME), key=lambda row: (order.index(row.verb), row.number))
    found = [
        {
            "number": row.number, "key": row.key, "verb": row.verb,
            "faults": [(titles.get(name, ""), why) for name, why in row.faults.items() if name != ROW]
            + [("", why) for name, why in row.faults.items() if name == ROW],
            "changes": [(titles[name], row.was.get(name, ""), now) for name, now in row.now.items()],
        }
        for row in rows[:SHOWN]
    ]
    counts = {verb: plan.count(verb) for verb in (NEW, CHANGED, SAME, FAULTY)}
    return {"rows": found, "counts": counts, "more": len(rows) - len(found), "plan": plan, "is_fit": plan.is_fit}


def download(content: bytes, name: str, kind: str) -> HttpResponse:
    """A file to keep."""
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
