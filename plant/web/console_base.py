"""What every page of the admin console has, whether its records can be changed there or not."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import action as unfold_action

from plant import policies, scoping
from plant.console import labels, sheets
from plant.web import console_seen
from plant.web.console_book import RecordBook
from plant.web.console_columns import PlainColumns
from plant.web.console_files import Exports
from plant.web.console_forms import NearChoices


class ConsoleAdmin(PlainColumns, RecordBook, Exports, NearChoices, ModelAdmin):
    """A place in the sidebar, the history from the journal, files and labels of the rows; all within one's reach."""

    group = "records"
    icon = "database"
    action = "master.edit"
    compressed_fields = True
    list_filter_submit = True
    show_full_result_count = False
    list_per_page = 50
    list_before_template = "admin/console/list_tools.html"
    change_form_outer_before_template = "admin/console/note.html"
    change_form_before_template = "admin/console/seen.html"

    def get_queryset(self, request: HttpRequest) -> Any:
        """Records within the administrator's own reach."""
        return scoping.visible(super().get_queryset(request), request.user)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return policies.may(request.user, self.action)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return policies.may(request.user, self.action)

    def links(self, request: HttpRequest, obj: Any) -> list[dict[str, Any]]:
        """What stands above a record."""
        found = [{"label": _("History"), "icon": "history", "url": self.url("history", obj.pk)}]
        label = labels.of(self.model._meta.label)
        if label and policies.may(request.user, label.action):
            found.append({"label": _("Print label"), "icon": "print", "url": label.url([obj])})
        return found

    def url(self, name: str, *args: Any) -> str:
        """The address of one of this kind's pages."""
        return sheets.address(self.model, name, *args)

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        obj = kwargs.get("obj")
        context["console_links"] = self.links(request, obj) if obj is not None else []
        context["console_note"] = self.frozen(obj, request.user) if obj is not None else ""
        if obj is not None and self.has_change_permission(request, obj):
            context["console_seen"] = console_seen.mark(context)
        return super().render_change_form(request, context, *args, **kwargs)

    def frozen(self, obj: Any, by: Any) -> str:
        """Why a record stays as it is, or nothing."""
        return ""

    @unfold_action(description=_("Print labels"))
    def print_labels(self, request: HttpRequest, queryset: Any) -> HttpResponse:
        """Labels of the chosen records, on one page."""
        return labels.page(self.model._meta.label, request, queryset)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        found = super().get_actions(request)
        label = labels.of(self.model._meta.label)
        if not (label and policies.may(request.user, label.action)):
            found.pop("print_labels", None)
        found.pop("delete_selected", None)
        return found
