"""The history of a record in the console: read from our own journal."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from plant.models import JournalEntry
from plant.queries import journal

PAGE = 50


class RecordBook:
    """Gives an admin page its history."""

    def subject(self: Any, request: HttpRequest, object_id: str) -> Any:
        """The record, for somebody who may see it."""
        obj = self.get_object(request, object_id)
        if obj is None:
            raise Http404
        if not self.has_view_permission(request, obj):
            raise PermissionDenied
        return obj

    def page(self: Any, request: HttpRequest, name: str, title: Any, **context: Any) -> HttpResponse:
        """One of the console's own pages, in its frame."""
        frame = self.admin_site.each_context(request)
        shown = {**frame, "opts": self.opts, "title": title, "subtitle": None, "door": self, **context}
        return render(request, f"admin/console/{name}.html", shown, status=context.get("status", 200))

    def history_view(self: Any, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Who did what to the record, newest first."""
        obj = self.subject(request, object_id)
        before = request.GET.get("before", "")
        rows = JournalEntry.objects.filter(subject_kind=self.opts.model_name, subject_id=str(obj.pk)).order_by("-id")
        if before.isascii() and before.isdigit():
            rows = rows.filter(pk__lt=int(before))
        entries = journal.titled(rows[: PAGE + 1])
        for entry in entries:
            entry.lines = list(lines(entry.data, self.model))
        older = entries[PAGE - 1].pk if len(entries) > PAGE else None
        return self.page(request, "history", str(obj), object=obj, entries=entries[:PAGE], older=older)


def lines(data: Any, model: Any, under: str = "") -> Any:
    """What an entry says, as (what, before, after); lines below a record under their name."""
    for name, value in data.items():
        title = f"{under} · {_title(model, name)}" if under else _title(model, name)
        if isinstance(value, dict):
            for part, inner in value.items():
                yield from lines(inner, _below(model, name), part) if isinstance(inner, dict) else [(title, "", inner)]
        elif isinstance(value, list) and len(value) == 2:
            yield title, value[0], value[1]
        elif value not in ([], "", None):
            yield title, "", ", ".join(map(str, value)) if isinstance(value, list) else value


def _title(model: Any, name: str) -> str:
    fields = {field.name: field for field in model._meta.get_fields()} if model else {}
    return str(getattr(fields.get(name), "verbose_name", name))


def _below(model: Any, prefix: str) -> Any:
    """The model of the lines that a form calls by this prefix."""
    for relation in model._meta.related_objects if model else ():
        if prefix in (relation.get_accessor_name(), f"{relation.related_model._meta.model_name}_set"):
            return relation.related_model
    return None
