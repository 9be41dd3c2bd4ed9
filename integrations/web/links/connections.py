"""Connections on the screen: how each does, its settings and secrets, a test, a dry run on a stored sample."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from integrations import adapters
from integrations.links import reconciling, rehearsing
from integrations.links.commands import connections, doors
from integrations.links.opening import SECRETS
from integrations.links.queries import history, standing
from integrations.models import Connection, Exchange, ExchangeStatus, Sample
from integrations.templates import proofs
from integrations.web.links import forms, lists
from integrations.web.links.parts import settings_told
from plant import policies
from plant.errors import Refusal
from plant.queries import journal
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, valid

LAST = 15


def find(code: str) -> Connection:
    """A connection by its code."""
    return get_object_or_404(Connection.objects.select_related("site", "acts_as"), code=code)


@needs("connection.keep")
def create(request: HttpRequest) -> HttpResponse:
    """A new connection: its kind decides which settings it needs."""
    return _form(request, None)


@needs("connection.keep")
def edit(request: HttpRequest, code: str) -> HttpResponse:
    """Change a connection."""
    return _form(request, find(code))


def _form(request: HttpRequest, row: Connection | None) -> HttpResponse:
    form = forms.ConnectionForm(
        request.POST or None, standing=row, by=request.user, kind=request.GET.get("kind", "")
    )
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            kept = connections.put(by=request.user, at=timezone.now(), **form.words())
        except Refusal as error:
            refusal = error
        else:
            return redirect("integrations:connection-detail", kept.code)
    status = 409 if refusal else 422 if form.errors else 200
    chosen = form.adapter.kind if form.adapter else ""
    kinds = [(label, f"?kind={kind}", kind == chosen) for kind, label in adapters.kinds()]
    context = {"form": form, "row": row, "refusal": refusal, "kinds": kinds, "adapter": form.adapter}
    return render(request, "integrations/connection/form.html", context, status=status)


@needs("connection.read")
def detail(request: HttpRequest, code: str) -> HttpResponse:
    """How a connection does: state, lag, throughput, what failed last, and what leads there."""
    return page(request, code)


def page(request: HttpRequest, code: str, refusal: Refusal | None = None, made: str = "") -> HttpResponse:
    """The page of a connection; a key that was just made is shown this once."""
    row, dialogs, at = find(code), Dialogs(request, refusal), timezone.now()
    [now], versions = standing.of([row], at), history.versions(row)
    rows = Exchange.objects.filter(connection=row).select_related("connection").defer("body", "edited", "words")
    adapter = adapters.of(row.kind)
    told = settings_told(adapter.settings if adapter else None, row.settings)
    word, tone, icon = lists.STATES[now.state]
    context: dict[str, Any] = {
        "row": row, "now": now, "dialogs": dialogs, "word": word, "tone": tone, "icon": icon,
        "kind": lists.kind_name(now), "last": lists.named(rows.order_by("-pk")[:LAST]),
        "dead": lists.named(rows.filter(status=ExchangeStatus.DEAD).order_by("-died_at")[:5]),
        "parts": [one for one in told if one.rows], "settings": [one for one in told if not one.rows],
        "mappings": row.mappings.order_by("code", "-revision"),
        "samples": lists.named(row.samples.order_by("noun", "name")),
        "why": policies.why_not(request.user, "connection.keep"),
        "why_run": policies.why_not(request.user, "reconciliation.run"), "can_count": reconciling.can_count(row),
        "needs_secrets": bool(SECRETS[row.auth]), "comparison": row.reconciliations.order_by("-at").first(),
        "secrets": dialogs.form("secrets", forms.SecretsForm, auth=row.auth),
        "sample": dialogs.form("sample", forms.SampleForm), "timeline": journal.timeline(row, 20),
        "sent": [lists.noun_name(noun) for noun in row.sent_nouns], "made": made,
        "tests": history.tests(row), "versions": versions, "untried": history.untried(row, versions),
        "proofs": proofs(row.kind, row.other_system),
        "sealed_anew": connections.is_sealed_anew(row),
        "door_keys": doors.live(row, at).select_related("made_by"), "door_url": door_url(request, row),
    }
    return render(request, "integrations/connection/detail.html", context, status=dialogs.status)


def door_url(request: HttpRequest, row: Connection) -> str:
    """Where messages are pushed, with a place for what they are."""
    return request.build_absolute_uri(reverse("api:connection-push", args=[row.code, "NOUN"])).replace("NOUN", "…")


act = Acts(find=find, back="integrations:connection-detail", page=page, key="code")


@require_POST
@needs("connection.keep")
def door_key(request: HttpRequest, code: str) -> HttpResponse:
    """Make a key for pushing, and show it once."""
    try:
        key, secret = doors.issue(connection=find(code), by=request.user, at=timezone.now())
    except Refusal as refusal:
        return page(request, code, refusal)
    return page(request, code, made=f"{key.key_id}.{secret}")


@act("connection.keep", done=gettext_lazy("The key opens nothing any more."))
def close_door_key(request: HttpRequest, row: Connection, pk: int) -> None:
    """Close a key for good."""
    doors.close(key=get_object_or_404(row.door_keys, pk=pk), by=request.user, at=timezone.now())


@act("connection.keep", done=gettext_lazy("The secrets are sealed. They are not shown again."))
def secrets(request: HttpRequest, row: Connection) -> None:
    """Enter what is secret."""
    said = valid(forms.SecretsForm(request.POST, auth=row.auth, by=request.user))
    connections.keep_secrets(connection=row, secrets=said, by=request.user, at=timezone.now())


def _tested(row: Connection) -> Any:
    if row.test_works:
        return _("It works. The other side said: %(said)s") % {"said": row.test_said or "—"}
    return _("It does not work: %(said)s") % {"said": row.test_said}


@act("connection.keep", done=_tested)
def test(request: HttpRequest, row: Connection) -> None:
    """Ask the other side something harmless."""
    connections.test(connection=row, by=request.user, at=timezone.now())


@act("connection.keep", done=gettext_lazy("Everything secret is sealed with the newest key."))
def seal_anew(request: HttpRequest, row: Connection) -> None:
    """Seal all secrets with the key that seals today."""
    connections.rotate(by=request.user, at=timezone.now())


@act("connection.keep", done=gettext_lazy("In use from now on."))
def switch_on(request: HttpRequest, row: Connection) -> None:
    """Put it to use."""
    connections.switch(connection=row, on=True, by=request.user, at=timezone.now())


@act("connection.keep", done=gettext_lazy("Out of use. What waits stays, and goes on when it is in use again."))
def switch_off(request: HttpRequest, row: Connection) -> None:
    """Take it out of use."""
    connections.switch(connection=row, on=False, by=request.user, at=timezone.now())


@act("connection.keep", done=gettext_lazy("The sample is kept. Try it whenever something was changed."))
def sample(request: HttpRequest, row: Connection) -> None:
    """Keep a body as they write it."""
    said = valid(forms.SampleForm(request.POST, by=request.user))
    kind = "application/xml" if said["body"].lstrip().startswith("<") else "application/json"
    body = said.pop("body").encode()
    connections.keep_sample(
        connection=row, body=body, content_type=kind, by=request.user, at=timezone.now(), **said
    )


@act("reconciliation.run", done=gettext_lazy("Compared. Differences stand on the reconciliation board."))
def compare(request: HttpRequest, row: Connection) -> None:
    """Compare both books now."""
    found = reconciling.compare(connection=row, by=request.user, at=timezone.now())
    if found.error:
        messages.warning(request, found.error)


@needs("connection.read")
def dry_run(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """What a stored sample would do: each field, and what the command says; nothing is kept."""
    row = find(code)
    kept = get_object_or_404(Sample, pk=pk, connection=row)
    found = rehearsing.rehearse(connection=row, noun=kept.noun, body=bytes(kept.body), at=timezone.now())
    context = {"row": row, "sample": kept, "found": found, "noun": lists.noun_name(kept.noun),
               "body": bytes(kept.body).decode("utf-8", "replace")}
    return render(request, "integrations/connection/dry_run.html", context)
