"""Chart definitions on the screen: the list, one with its charts and what it offers them, a new one, a changed one."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plant import policies
from plant.errors import Refusal
from plant.lists.description import Column, Link, Listing, Nothing
from plant.lists.filters import Flag, Multi, TextFilter
from plant.lists.looks import Number, State, Text
from plant.queries import journal
from plant.web.access import needs
from plant.web.acting import Acts, BadInput, Dialogs, valid
from plant.web.forms import edit
from spc import rulebook
from spc.commands import definitions as commands
from spc.models import ChartDefinition, ChartKind
from spc.queries import charts
from spc.queries import definitions as queries
from spc.web.definition_forms import KEY_NAMES, ChangeForm, DefinitionForm, ReasonForm
from spc.web.setup import sets


def definition_url(one: ChartDefinition) -> str:
    return reverse("spc:definition-detail", args=[one.code])


def key_words(one: ChartDefinition) -> str:
    """What tells the charts of a definition apart."""
    return " × ".join([_("Equipment"), *(str(KEY_NAMES[key]).partition(":")[0].partition("：")[0] for key in one.keys)])


def state_word(one: ChartDefinition) -> str:
    """Whether a definition makes charts."""
    return _("Makes charts") if one.active else _("Makes no more charts")


DEFINITIONS = Listing(
    key="definitions", title=gettext_lazy("Chart definitions"), url="spc:definition-list", action="chart.read",
    subtitle=gettext_lazy("Charts that make themselves: one for each machine, product or operation that turns up."),
    rows=lambda viewer: queries.related(), search=("code", "name", "parameter__code", "equipment__code"),
    placeholder=gettext_lazy("Definition, parameter or place"), order="code", href=definition_url,
    columns=(
        Column(key="code", label=gettext_lazy("Definition"), look=Text(href=definition_url, icon="stack-2"),
               sort=("code",)),
        Column(key="name", label=gettext_lazy("Name"), sort=("name",)),
        Column(key="parameter", label=gettext_lazy("Parameter"), value="parameter.title", sort=("parameter__code",)),
        Column(key="place", label=gettext_lazy("Within"), value="equipment.code", sort=("equipment__code",)),
        Column(key="keys", label=gettext_lazy("One chart for each"), value=key_words),
        Column(key="kind", label=gettext_lazy("Kind"), value=lambda one: one.get_kind_display(), sort=("kind",)),
        Column(key="charts", label=gettext_lazy("Charts"), value="made", look=Number(places=0), sort=("made",)),
        Column(key="active", label=gettext_lazy("State"), sort=("active",),
               value=lambda one: "ACTIVE" if one.active else "OFFLINE",
               look=State(word=state_word)),
    ),
    filters=(
        Multi(key="kind", label=gettext_lazy("Kind"), options=ChartKind.choices),
        TextFilter(key="parameter", label=gettext_lazy("Parameter"), field="parameter__code"),
        Flag(key="active", label=gettext_lazy("Makes charts"), field="active"),
    ),
    links=(
        Link(label=gettext_lazy("New definition"), url="spc:definition-new", action="chart.configure", icon="plus",
             kind="primary"),
        Link(label=gettext_lazy("Control charts"), url="spc:chart-list", icon="chart-dots"),
    ),
    nothing=Nothing(
        title=gettext_lazy("No chart definitions yet"), icon="stack-2",
        text=gettext_lazy("Define once how a parameter is charted; every machine that reports it gets its chart."),
        links=(Link(label=gettext_lazy("Control charts"), url="spc:chart-list", icon="chart-dots"),),
    ),
)


@needs("chart.read")
def detail(request: HttpRequest, code: str, refusal: Refusal | None = None) -> HttpResponse:
    """A definition, the charts that it made, and those that are behind it with what would change."""
    definition, dialogs, now = queries.by_code(code), Dialogs(request, refusal), timezone.now()
    among = rulebook.parse(definition.rules)
    made = queries.charts_of(definition)
    context = {
        "definition": definition, "rows": charts.dressed(charts.related().filter(pk__in=made).order_by("code"), now),
        "offers": queries.offers(definition, now), "keys": key_words(definition),
        "rules": [(rulebook.headline(among, rule.id), rulebook.sentence(among, rule.id)) for rule in among],
        "settings": queries.told("settings", definition.settings),
        "waiting": len(queries.combinations(definition, now)) - made.count() if definition.active else 0,
        "why_not": policies.why_not(request.user, "chart.configure"), "dialogs": dialogs,
        "apply_form": dialogs.form("apply", ReasonForm), "switch_form": dialogs.form("switch", ReasonForm),
        "timeline": journal.timeline(definition, 20),
    }
    return render(request, "spc/definition/detail.html", context, status=dialogs.status)


@needs("chart.configure")
def create(request: HttpRequest) -> HttpResponse:
    """Define how a parameter is charted."""
    refusal: Refusal | None = None
    if request.method == "POST":
        form = DefinitionForm(request.POST, by=request.user)
        try:
            valid(form)
            made = commands.create(**form.asked(), by=request.user, at=timezone.now())
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("The definition makes its charts within a minute."))
            return redirect("spc:definition-detail", made.code)
    dialogs = Dialogs(request, refusal)
    context = {"form": dialogs.form("new", DefinitionForm), "refusal": dialogs.errors.get("new"), "sets": sets()}
    return render(request, "spc/definition/new.html", context, status=dialogs.status)


@needs("chart.configure")
def change(request: HttpRequest, code: str) -> HttpResponse:
    """Ask for something else; charts that are there change only where the offer is taken."""
    definition = queries.by_code(code)
    form, refusal = ChangeForm(request.POST or None, definition=definition), None
    if request.method == "POST":
        try:
            _changed(request, definition)
        except BadInput:
            form = ChangeForm(request.POST, definition=queries.by_code(code))
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("Changed. Look at what this would change on the charts that there are."))
            return redirect("spc:definition-detail", definition.code)
    context = {"definition": definition, "form": form, "refusal": refusal, "sets": sets()}
    status = 409 if refusal else 422 if form.errors else 200
    return render(request, "spc/definition/change.html", context, status=status)


def _changed(request: HttpRequest, definition: ChartDefinition) -> None:
    def act(row: ChartDefinition, _asked: dict[str, Any]) -> None:
        form = ChangeForm(request.POST, definition=row)
        valid(form)
        commands.change(definition=row, **form.asked(), by=request.user, at=timezone.now())

    edit(ChartDefinition.objects.filter(pk=definition.pk), lambda row: ChangeForm(request.POST, definition=row), act)


acts = Acts(find=queries.by_code, back="spc:definition-detail", page=detail, key="code")


@acts("chart.configure", done=gettext_lazy("The charts are changed. Their limits stay as frozen."))
def apply(request: HttpRequest, definition: ChartDefinition) -> None:
    """Take the offer for the charts that were ticked."""
    asked = valid(ReasonForm(request.POST, by=request.user))
    codes = request.POST.getlist("chart")
    commands.apply(definition=definition, chart_codes=codes, **asked, by=request.user, at=timezone.now())


@acts("chart.configure", done=gettext_lazy("Done. The charts that there are stay."))
def switch(request: HttpRequest, definition: ChartDefinition) -> None:
    """Stop making charts, or go on."""
    asked = valid(ReasonForm(request.POST, by=request.user))
    commands.switch(definition=definition, active=not definition.active, **asked, by=request.user, at=timezone.now())
