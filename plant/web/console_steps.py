"""What may be done with a record of master data beside changing it: a new revision, into effect, retire, delete."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import site
from django.core.exceptions import PermissionDenied
from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext as _

from plant.commands import master, revisions
from plant.console import sheets
from plant.errors import Refusal
from plant.models import Revisioned, RevisionStatus
from plant.queries.where_used import where_used


class Steps:
    """Gives an admin page of master data its acts; each is asked for on a page and done by a POST."""

    # What belongs to a revision and is copied with it: {"segments": {"materials": {}, "parameters": {}}}.
    revision_parts: dict[str, Any] = {}
    # Whether this console puts revisions into effect (else it is done elsewhere, under a signature).
    puts_into_effect = False

    def get_urls(self: Any) -> list[URLPattern]:
        name, view = f"{self.opts.app_label}_{self.opts.model_name}", self.admin_site.admin_view
        steps = {
            "revise": self.revise_view, "effect": self.effect_view, "retire": self.retire_view,
            "restore": self.restore_view, "used": self.used_view,
        }
        own = [path(f"<path:object_id>/{step}/", view(act), name=f"{name}_{step}") for step, act in steps.items()]
        return [*own, *super().get_urls()]

    @property
    def is_revisioned(self: Any) -> bool:
        return issubclass(self.model, Revisioned)

    def why_not_effective(self, obj: Any) -> str:
        """Why a draft can't come into effect, or nothing."""
        return ""

    def may_switch(self: Any, request: HttpRequest, obj: Any) -> bool:
        """Whether somebody may retire a record or take it into use again."""
        return bool(self.switch) and self.has_add_permission(request)

    def links(self: Any, request: HttpRequest, obj: Any) -> list[dict[str, Any]]:
        """History and label, and what may be done now."""
        found = super().links(request, obj)
        steps = [("used", _("Where used"), "hub")]
        if self.is_revisioned and self.has_add_permission(request):
            steps.append(("revise", _("New revision"), "content_copy"))
            if obj.status == RevisionStatus.DRAFT and self.puts_into_effect:
                steps.append(("effect", _("Put into effect"), "check_circle"))
            if obj.status == RevisionStatus.EFFECTIVE and self.puts_into_effect:
                steps.append(("retire", _("Retire"), "archive"))
        elif self.may_switch(request, obj):
            is_on = getattr(obj, self.switch)
            steps.append(("retire", _("Retire"), "archive") if is_on else ("restore", _("Use again"), "unarchive"))
        return found + [{"label": word, "icon": icon, "url": self.url(step, obj.pk)} for step, word, icon in steps]

    def turn(self: Any, request: HttpRequest, obj: Any, *, on: bool) -> bool:
        """Retire a record or take it into use again."""
        return master.switch(row=obj, field=self.switch, on=on, by=request.user, noun=self.noun, action=self.action)

    def used_view(self: Any, request: HttpRequest, object_id: str) -> HttpResponse:
        """Everything that refers to the record."""
        obj = self.subject(request, object_id)
        uses = shown(where_used(obj, request.user, self.revision_parts))
        title = _("Where %(what)s is used") % {"what": obj}
        return self.page(request, "used", title, object=obj, uses=uses, retire=self._retire_url(request, obj))

    def delete_view(self: Any, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Delete what nothing refers to; else say what does, and offer to retire."""
        obj = self.subject(request, object_id)
        if not self.has_delete_permission(request, obj):
            raise PermissionDenied
        uses = shown(where_used(obj, request.user, self.revision_parts))
        retire = self._retire_url(request, obj)
        if uses or request.method != "POST":
            status = 409 if uses and request.method == "POST" else 200
            title = _("Delete %(what)s") % {"what": obj}
            return self.page(
                request, "delete", title, object=obj, uses=uses, retire=retire, status=status)
        label = str(obj)
        try:
            self.delete_model(request, obj)
        except (Refusal, ProtectedError) as refusal:
            return self.page(request, "delete", label, object=obj, uses=[], retire=retire, refusal=refusal, status=409)
        self.message_user(request, _("%(what)s is deleted.") % {"what": label}, messages.SUCCESS)
        return HttpResponseRedirect(self.url("changelist"))

    def _retire_url(self: Any, request: HttpRequest, obj: Any) -> str:
        found = [link["url"] for link in self.links(request, obj) if link["url"] == self.url("retire", obj.pk)]
        return found[0] if found else ""

    def revise_view(self: Any, request: HttpRequest, object_id: str) -> HttpResponse:
        """Copy a revision, with everything below it, as the next draft."""
        text = _("A draft with the next revision number and a copy of everything below it. "
                 "What runs now is not touched until the draft comes into effect.")

        def act(obj: Any) -> Any:
            told = {"by": request.user, "noun": self.noun, "action": self.action}
            return revisions.revise(source=obj, parts=self.revision_parts, **told)

        return self._step(request, object_id, "revise", _("New revision"), text, act, _("The draft is made."))

    def effect_view(self: Any, request: HttpRequest, object_id: str) -> HttpResponse:
        """Put a draft into effect."""
        text = _("It counts from now on. The revision before it ends now; work that runs keeps the one it began with.")

        def act(obj: Any) -> Any:
            told = {"by": request.user, "at": timezone.now(), "noun": self.noun, "action": self.action}
            return revisions.put_into_effect(row=obj, why_not=self.why_not_effective(obj), **told)

        return self._step(request, object_id, "effect", _("Put into effect"), text, act, _("It is in effect."))

    def retire_view(self: Any, request: HttpRequest, object_id: str) -> HttpResponse:
        """Take a record out of use without losing it."""
        text = _("Nobody can choose it any more. What refers to it, and its history, stay as they are.")

        def act(obj: Any) -> Any:
            if self.is_revisioned:
                return revisions.retire(row=obj, by=request.user, at=timezone.now(), noun=self.noun, action=self.action)
            self.turn(request, obj, on=False)
            return obj

        return self._step(request, object_id, "retire", _("Retire"), text, act, _("It is retired."))

    def restore_view(self: Any, request: HttpRequest, object_id: str) -> HttpResponse:
        """Take a retired record into use again."""

        def act(obj: Any) -> Any:
            self.turn(request, obj, on=True)
            return obj

        text = _("People can choose it again.")
        return self._step(request, object_id, "restore", _("Use again"), text, act, _("It is in use again."))

    def _step(
        self: Any, request: HttpRequest, object_id: str, step: str, word: str, text: str, act: Any, done: str
    ) -> HttpResponse:
        """Ask, then do."""
        obj = self.subject(request, object_id)
        if self.url(step, obj.pk) not in [link["url"] for link in self.links(request, obj)]:
            raise PermissionDenied
        context = {"object": obj, "word": word, "text": text}
        if request.method != "POST":
            return self.page(request, "step", f"{word}: {obj}", **context)
        try:
            result = act(obj)
        except Refusal as refusal:
            return self.page(request, "step", f"{word}: {obj}", **context, refusal=refusal, status=409)
        self.message_user(request, done, messages.SUCCESS)
        return HttpResponseRedirect(self.url("change", result.pk))


def shown(uses: list[Any]) -> list[dict[str, Any]]:
    """Uses with a link to each record that the console shows."""
    return [
        {
            "use": use,
            "rows": [(str(row), _page_of(row)) for row in use.rows],
            "url": sheets.address(use.model, "changelist") if use.model in site._registry else "",
        }
        for use in uses
    ]


def _page_of(row: Any) -> str:
    return sheets.address(type(row), "change", row.pk) if type(row) in site._registry else ""
