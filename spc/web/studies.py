"""Gauge studies on the screen: designed by their kind, their report, concluded, approved by another person."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plant import policies
from plant.commands import signatures
from plant.errors import Refusal
from plant.models import Meaning
from plant.queries import journal
from plant.web.access import needs
from plant.web.acting import Acts, Dialogs, signed, valid
from spc import drawing
from spc.commands import studies as commands
from spc.gauging.kinds import KINDS
from spc.models import Study, StudyKind, StudyStatus, Verdict
from spc.queries import studies, study_pictures, study_words
from spc.web.study_forms import ConcludeForm, DesignForm, ReasonForm

TONES = {"acceptable": "done", "marginal": "warning", "unacceptable": "failed"}
ICONS = {
    "crossed": "table", "nested": "hammer", "attribute": "thumb-up", "bias": "focus-centered",
    "linearity": "chart-line", "stability": "clock", "type-1": "target", "iso22514-7": "sum",
}
ABOUT = {
    "crossed": gettext_lazy("Several people measure the same parts several times. The usual study of a gauge."),
    "nested": gettext_lazy("Each part can be measured by one person only, because the test destroys or changes it."),
    "attribute": gettext_lazy("People judge parts good or bad: do they agree with themselves, each other, the truth?"),
    "bias": gettext_lazy("One person measures one reference many times: is the gauge right there?"),
    "linearity": gettext_lazy("References over the whole range: is the gauge equally right everywhere?"),
    "stability": gettext_lazy("One master again and again over weeks: does the gauge drift?"),
    "type-1": gettext_lazy("Fifty readings of one master: is the gauge good enough to begin with (Cg, Cgk)?"),
    "iso22514-7": gettext_lazy("All uncertainties together, from certificates and from parts (Q_MS, Q_MP)."),
}
STEPS = ("kind", "design", "collect", "report", "approval")


@needs("study.design")
def create(request: HttpRequest) -> HttpResponse:
    """Choose what is to be found out; then design the study, and the order of its measurements is drawn."""
    kind = request.GET.get("kind", "")
    if not kind:
        offered = [(one.value, one.label, ABOUT[one.value], ICONS[one.value]) for one in StudyKind]
        context = {"kinds": offered, "steps": steps(0), "query": request.GET.urlencode()}
        return render(request, "spc/study/kinds.html", context)
    if kind not in KINDS:
        raise Http404
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            form = DesignForm(request.POST, by=request.user, kind=kind)
            valid(form)
            study = commands.design(**form.design(), by=request.user, at=timezone.now())
        except Refusal as error:
            refusal = error
        else:
            messages.success(request, _("The study is designed. Measure in the order that was drawn."))
            return redirect("spc:study-detail", study.code)
    dialogs = Dialogs(request, refusal)
    given = {name: value for name, value in request.GET.items() if name != "kind"}
    form = dialogs.form("new", partial(DesignForm, kind=kind), initial=given)
    context = {
        "form": form, "refusal": dialogs.errors.get("new"), "kind": StudyKind(kind), "about": ABOUT[kind],
        "steps": steps(1),
    }
    return render(request, "spc/study/new.html", context, status=dialogs.status)


@needs("study.read")
def detail(request: HttpRequest, code: str, refusal: Refusal | None = None) -> HttpResponse:
    """One study: how far it is, what came out, what the gauge's earlier studies said.

    While values are still collected, nobody who measures sees what others measured.
    """
    study, dialogs = studies.by_code(code), Dialogs(request, refusal)
    is_open = study.status == StudyStatus.COLLECTING
    is_blind = is_open and not studies.may_look(request.user)
    report = studies.Report(None) if is_blind else studies.report(study)
    context = {
        "study": study, "report": report, "verdict": verdict(report), "is_open": is_open, **shown(study, report),
        "earlier": studies.earlier(study)[:10], "progress": studies.progress(study),
        "unit": study.characteristic.parameter.unit.symbol, "steps": steps(_step(study, report)),
        "timeline": journal.timeline(study, 20), "dialogs": dialogs, "refusal": refusal, "seen_hash": "",
        "conclude_form": dialogs.form("conclude", ConcludeForm), "cancel_form": dialogs.form("cancel", ReasonForm),
        "back_form": dialogs.form("send_back", ReasonForm), "smallest": studies.smallest_tolerance(study),
        "meaning": Meaning.APPROVED, **_why_not(request, study, report),
    }  # fmt: skip
    if study.status == StudyStatus.CONCLUDED:
        context["seen_hash"] = signatures.content_hash(studies.seen(study))
    return render(request, "spc/study/detail.html", context, status=dialogs.status)


def shown(study: Study, report: studies.Report) -> dict[str, Any]:
    """The report in words and pictures; nothing while there is none."""
    if report.answer is None:
        return {"told": None, "pictures": []}
    drawn = study_pictures.of(study, report.answer, drawing.SCREEN)
    return {
        "told": study_words.of(study, report.answer),
        "pictures": [(title, SafeString(picture)) for title, picture in drawn],
    }


def verdict(report: studies.Report) -> dict[str, str]:
    """The verdict as a word and a tone; empty while there is none."""
    if report.answer is None:
        return {}
    found = Verdict(report.answer["verdict"])
    return {"word": str(found.label), "tone": TONES[found.value]}


def steps(current: int) -> list[dict[str, Any]]:
    """The way of a study, and how far it is."""
    words = dict(zip(STEPS, (_("Kind"), _("Design"), _("Measure"), _("Results"), _("Approval")), strict=True))
    return [
        {"label": word, "tone": "done" if place < current else "running" if place == current else "",
         "icon": "check" if place < current else "", "current": place == current}
        for place, word in enumerate(words.values())
    ]  # fmt: skip


def _step(study: Study, report: studies.Report) -> int:
    return {StudyStatus.CONCLUDED: 4, StudyStatus.APPROVED: 5}.get(study.status, 3 if report.answer else 2)


def _why_not(request: HttpRequest, study: Study, report: studies.Report) -> dict[str, str]:
    asked = {"measure": "study.measure", "paste": "study.paste", "close": "study.close", "approve": "study.approve"}
    found = {name: policies.why_not(request.user, action) for name, action in asked.items()}
    own = _("You concluded it. Another person approves.") if study.concluded_by_id == request.user.pk else ""
    return {
        "why_not_measure": found["measure"], "why_not_paste": found["paste"], "why_not_cancel": found["close"],
        "why_not_conclude": found["close"] or report.refused, "why_not_approve": found["approve"] or own,
        "why_not_send_back": found["approve"],
    }


acts = Acts(find=studies.by_code, back="spc:study-detail", page=detail, key="code")


@acts("study.close", done=gettext_lazy("The study is concluded. Another person approves it now."))
def conclude(request: HttpRequest, study: Study) -> None:
    """Fix the verdict."""
    asked = valid(ConcludeForm(request.POST, by=request.user))
    commands.conclude(study=study, **asked, by=request.user, at=timezone.now())


@acts("study.approve", done=gettext_lazy("The study is approved. Capability asks it from now on."))
def approve(request: HttpRequest, study: Study) -> None:
    """Sign the verdict."""
    commands.approve(study=study, **signed(request), by=request.user, at=timezone.now())


@acts("study.approve", done=gettext_lazy("The study is open again."))
def send_back(request: HttpRequest, study: Study) -> None:
    """Have something put right first."""
    asked = valid(ReasonForm(request.POST, by=request.user))
    commands.send_back(study=study, **asked, by=request.user, at=timezone.now())


@acts("study.close", done=gettext_lazy("The study is given up. What was measured stays on record."))
def cancel(request: HttpRequest, study: Study) -> None:
    """Give it up."""
    asked = valid(ReasonForm(request.POST, by=request.user))
    commands.cancel(study=study, **asked, by=request.user, at=timezone.now())
