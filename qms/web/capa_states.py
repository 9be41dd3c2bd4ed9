"""What may be done to a CAPA now, and why not; where its stages stand."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from plant import policies
from plant.models import Person
from qms.commands.capa_working import RUNNING
from qms.models import CapaAction, CapaStatus, CorrectiveAction
from qms.queries import capas as reading
from qms.queries.eight_d import Shown

ACTIONS = {
    "edit": "capa.edit", "do": "capa.do", "verify": "capa.verify", "start": "capa.edit", "check": "capa.check",
    "close": "capa.close", "stop": "stoppage.stop", "last": "capa.edit",
    "let_go": "capa.edit", "eight_d": "capa.edit",
}


def why_not(person: Person, capa: CorrectiveAction, actions: Sequence[CapaAction]) -> dict[str, str]:
    """For each act: why it is not possible now, or nothing when it is."""
    is_running = capa.status in RUNNING
    frozen = "" if is_running else _("It is no longer changed.")
    is_ready = capa.root_cause and actions and all(action.done_at for action in actions)
    left = list(capa.stages.filter(status="OPEN").exclude(code="D8").values_list("code", flat=True))
    by_state = {
        **dict.fromkeys(("edit", "do", "verify", "stop"), frozen),
        "let_go": _("It is closed.") if capa.status == CapaStatus.CLOSED else "",
        "eight_d": frozen or (_("It is an 8D already.") if capa.is_eight_d else ""),
        "start": _("It has begun.") if not is_running else _("Finish every stage up to D7 first.") if left
        else "" if is_ready else _("Write the root cause and finish every action first."),
        "check": _check_later(person, capa),
        "last": "" if _is_effective(capa) else _("Another person must find it effective first."),
        "close": _close_later(capa),
    }
    return {name: policies.why_not(person, ACTIONS[name]) or reason for name, reason in by_state.items()}


def _is_effective(capa: CorrectiveAction) -> bool:
    return capa.status == CapaStatus.EFFECTIVENESS and bool(capa.effective)


def _close_later(capa: CorrectiveAction) -> str:
    if not _is_effective(capa):
        return _("Another person must find it effective first.")
    is_open = capa.stages.filter(code="D8", status="OPEN").exists()
    return _("Finish D8 first: thank the team and say what was learned.") if is_open else ""


def _check_later(person: Person, capa: CorrectiveAction) -> str:
    """Why this person can't judge the effectiveness now."""
    if capa.status != CapaStatus.EFFECTIVENESS or capa.effective:
        return _("It is not waiting for a check.")
    if person.pk in reading.involved(capa):
        return _("You worked on it. Somebody else must check.")
    if timezone.now() < capa.check_due_at:
        return _("Its day has not come.")
    return ""


def steps(stages: Sequence[Shown]) -> list[dict[str, Any]]:
    """The stages as steps, those finished marked done."""
    return [
        {"label": one.title, "tone": "done" if one.is_done else "running" if one.is_current else "",
         "icon": "circle-check" if one.is_done else "", "current": one.is_current, "at": one.stage.done_at}
        for one in stages
    ]
