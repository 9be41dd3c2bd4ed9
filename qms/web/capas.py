"""CAPAs on the screen: opening one, and one with its stages, causes, actions and check."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from plant.commands import signatures
from plant.errors import Refusal
from plant.models import Meaning
from plant.queries import journal
from plant.web.access import needs
from plant.web.acting import Dialogs, enter
from qms import reopening, stopping
from qms.commands import capas
from qms.models import Aspect, CapaMethod, CorrectiveAction, Nonconformance
from qms.queries import capas as reading
from qms.queries import eight_d, nonconformances
from qms.web import capa_drawings, capa_forms, capa_stage_forms, capa_states
from qms.web.boxes import boxes

BACK = "qms:capa-detail"
FORMS: dict[str, Any] = {
    "member": capa_stage_forms.MemberForm, "cause": capa_stage_forms.CauseForm, "actions": capa_forms.ActionForm,
    "check": capa_forms.CheckForm, "start_check": capa_forms.StartForm, "stop": capa_forms.StopForm,
    "quarantine": capa_forms.QuarantineForm, "add_cases": capa_forms.CasesForm,
}
EACH_ACTION: dict[str, Callable[[Any], Any]] = {
    "done": lambda row: capa_forms.ResultForm, "verify": lambda row: capa_forms.VerifyForm,
    "put_off": lambda row: capa_forms.PutOffForm,
}


@needs("capa.open")
def begin(request: HttpRequest, number: str = "") -> HttpResponse:
    """Open a CAPA from a nonconformance, or for something else."""
    case = nonconformances.by_number(number) if number else None
    kind = capa_forms.CapaForm if case else capa_forms.NewCapaForm
    form = kind(request.POST or None, initial=_initial(request, case), by=request.user)

    def opened(data: dict[str, Any]) -> CorrectiveAction:
        return capas.open(nonconformance=case, **data, by=request.user, at=timezone.now())

    return enter(
        request, form, opened, template="qms/capa/open.html", to=BACK, case=case,
        done=lambda capa: _("%(number)s is open.") % {"number": capa.number},
    )


def _initial(request: HttpRequest, case: Nonconformance | None) -> dict[str, Any]:
    at = timezone.now()
    known = {
        "owner": request.user.number, "due_at": timezone.localtime(at + timedelta(days=14)),
        "check_due_at": timezone.localtime(at + timedelta(days=60)), **request.GET.dict(),
    }
    if case is not None:
        known |= {"title": case.title, "problem": case.description or case.title}
        if case.severity != "MINOR":
            known |= {"method": CapaMethod.EIGHT_D}
    return known


@needs("capa.read")
def detail(request: HttpRequest, number: str, refusal: Refusal | None = None) -> HttpResponse:
    """One CAPA: why, what is done, and whether it worked."""
    capa = reading.by_number(number)
    dialogs, at = Dialogs(request, refusal), timezone.now()
    actions = reading.actions(capa)
    boxes(dialogs, actions, EACH_ACTION)
    held = [hold for hold in reading.open_holds(capa) if hold.spread_from_id is None]
    boxes(dialogs, held, {"let_go": lambda row: capa_forms.ReasonForm})
    why = capa_states.why_not(request.user, capa, actions)
    context = {
        "capa": capa, "actions": actions, "dialogs": dialogs, "why": why, "now": at, "meaning": Meaning.VERIFIED,
        "forms": _forms(dialogs, capa), "timeline": journal.timeline(capa),
        "cases": reading.cases(capa), "held": held, "stopped": stopping.of("CAPA", capa.number),
        "changes": _changes(capa), "seen_hash": signatures.content_hash(reading.seen(capa)),
        **(_eight_d(capa, actions, dialogs) if capa.is_eight_d else {}),
    }
    return render(request, "qms/capa/detail.html", context, status=dialogs.status)


def _eight_d(capa: CorrectiveAction, actions: list[Any], dialogs: Dialogs) -> dict[str, Any]:
    """The stages with what belongs into each."""
    stages, causes = eight_d.stages(capa), list(capa.causes.all())
    boxes(dialogs, stages, {
        "write": lambda row: partial(capa_stage_forms.TextForm.of, capa, row.code),
        "reopen": lambda row: capa_forms.ReasonForm,
    })
    boxes(dialogs, causes, {"judge": lambda row: capa_stage_forms.JudgeForm})
    return {
        "stages": [(one, [a for a in actions if a.kind in eight_d.SHOWN_IN.get(one.code, ())]) for one in stages],
        "steps": capa_states.steps(stages), "members": capa.members.select_related("person"),
        "comparisons": [(word, row) for row in capa.comparisons.all() for key, word in Aspect.choices
                        if key == row.aspect],
        "branches": eight_d.branches(capa), "causes": causes,
        "fish": mark_safe(capa_drawings.fish(capa)),  # noqa: S308 (drawn here, every text escaped)
        "tree": mark_safe(capa_drawings.tree(capa)),  # noqa: S308
    }


def _changes(capa: CorrectiveAction) -> list[tuple[Any, str]]:
    rows = capa.changes.select_related("by")
    return [(row, keeper.url(row.key) if (keeper := reopening.of(row.kind)) else "") for row in rows]


def _forms(dialogs: Dialogs, capa: CorrectiveAction) -> dict[str, Any]:
    """The form of each act, as it was sent where it was refused."""
    found = {name: dialogs.form(name, kind) for name, kind in FORMS.items()}
    found["why"] = dialogs.form("why", partial(capa_stage_forms.WhyForm, capa=capa))
    found["revise"] = dialogs.form("revise", partial(capa_forms.ReviseForm, material=capa.material_id))
    found["compare"] = dialogs.form("compare", partial(capa_stage_forms.CompareForm.of, capa))
    found["root_cause"] = dialogs.form("root_cause", partial(capa_stage_forms.RootCauseForm.of, capa))
    return found
