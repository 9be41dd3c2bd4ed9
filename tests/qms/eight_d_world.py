"""An 8D as far as a test needs it, worked on by the plant's own commands."""

from datetime import timedelta
from typing import Any

from qms.commands import capa_actions, capa_causes, capa_stages, capas
from qms.models import CorrectiveAction
from tests.factories import NOW, person
from tests.qms import factories as make

BY: dict[str, Any] = {"at": NOW}


def opened(**fields: Any) -> CorrectiveAction:
    """An 8D whose leader is the engineer."""
    return make.capa(make.report(make.board("B1")), method="EIGHT_D", **fields)


def doer() -> Any:
    return person("MT", "MAINTENANCE", "QUALITY_ENGINEER")


def to_stage(capa: CorrectiveAction, last: str) -> CorrectiveAction:
    """Finish the stages before one."""
    by = {"by": make.engineer(), "at": NOW}
    steps = {
        "D0": lambda: None,
        "D1": lambda: capa_stages.join(capa=capa, person=doer(), **by),
        "D2": lambda: capa_causes.compare(capa=capa, rows={"WHERE": ("Line 1", "Line 2", "New oven")}, **by),
        "D3": lambda: None,
        "D4": lambda: capa_causes.answer_why(capa=capa, text="No interval to replace it", is_root=True, **by),
        "D5": lambda: corrective(capa),
        "D6": lambda: done(capa),
        "D7": lambda: None,
    }
    for code, prepare in steps.items():
        if code == last:
            break
        prepare()
        if code != "D1":
            capa_stages.write(capa=capa, code=code, text=f"{code} is written", **by)
        capa_stages.finish(capa=capa, code=code, **by)
    return CorrectiveAction.objects.get(pk=capa.pk)


def corrective(capa: CorrectiveAction) -> Any:
    return capas.add_action(
        capa=capa, description="Replace yearly", owner=doer(), due_at=NOW + timedelta(days=3), by=make.engineer(),
        at=NOW,
    )


def done(capa: CorrectiveAction) -> None:
    """Its corrective action done by one and verified by another."""
    action = capa.actions.get(kind="CORRECTIVE")
    capa_actions.finish_action(action=action, result="Plan made", by=doer(), at=NOW)
    capa_actions.verify_action(action=action, is_good=True, finding="Seen in the plan", by=make.engineer(), at=NOW)


def watched() -> CorrectiveAction:
    """An 8D that waits for its check."""
    capa = to_stage(opened(), "D8")
    return capas.start_check(capa=capa, by=make.engineer(), at=NOW)
