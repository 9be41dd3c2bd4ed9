"""An 8D as its team sees it: what each stage holds, what it still needs, and what was written when it was finished."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from qms.models import (
    CapaAction,
    CapaActionKind,
    CapaStage,
    CapaWhy,
    CauseVerdict,
    CorrectiveAction,
    StageCode,
)

OWN_FIELD = {"D2": "problem", "D4": "root_cause"}  # of the CAPA itself, so that there is one truth
Kind = CapaActionKind
# In which stage an action is planned; once that is finished, no more of its kind is added.
PLANNED_IN = {
    Kind.EMERGENCY: "D0", Kind.CONTAINMENT: "D3", Kind.CORRECTION: "D3", Kind.CORRECTIVE: "D5", Kind.PREVENTIVE: "D7",
    Kind.DEPLOYMENT: "D7",
}
SHOWN_IN = {"D0": (Kind.EMERGENCY,), "D3": (Kind.CONTAINMENT, Kind.CORRECTION), "D5": (Kind.CORRECTIVE,),
            "D6": (Kind.CORRECTIVE,), "D7": (Kind.PREVENTIVE, Kind.DEPLOYMENT)}


@dataclass
class Shown:
    """One stage on its page."""

    stage: CapaStage
    title: str
    text: str
    missing: str
    is_current: bool

    @property
    def code(self) -> str:
        return self.stage.code

    @property
    def pk(self) -> str:
        """What stands for it in an address."""
        return self.stage.code.lower()

    @property
    def is_done(self) -> bool:
        return self.stage.status == "DONE"


@dataclass(frozen=True)
class Branch:
    """A why with how deep it stands, for a list that is drawn by indenting."""

    why: CapaWhy
    depth: int

    @property
    def indent(self) -> range:
        """As often as it is to be moved in."""
        return range(self.depth)


def stages(capa: CorrectiveAction) -> list[Shown]:
    """The nine stages in their order, the first open one being current."""
    rows = list(capa.stages.select_related("done_by").prefetch_related("revisions__by"))
    first = next((row.code for row in rows if row.status == "OPEN"), "")
    return [
        Shown(
            row, str(row.get_code_display()), text_of(capa, row),
            missing(capa, row.code) if row.code == first else "", row.code == first,
        )
        for row in rows
    ]


def text_of(capa: CorrectiveAction, stage: CapaStage) -> str:
    """What a stage says: of D2 and D4 the CAPA's own words."""
    own = OWN_FIELD.get(stage.code)
    return getattr(capa, own) if own else stage.text


def branches(capa: CorrectiveAction) -> dict[str, list[Branch]]:
    """The whys of each track, every answer after the one that it stands below."""
    rows = list(capa.whys.all())
    below: dict[int | None, list[CapaWhy]] = {}
    for row in rows:
        below.setdefault(row.parent_id, []).append(row)

    def walk(row: CapaWhy, depth: int) -> list[Branch]:
        return [Branch(row, depth), *(one for child in below.get(row.pk, []) for one in walk(child, depth + 1))]

    found: dict[str, list[Branch]] = {}
    for row in below.get(None, []):
        found.setdefault(row.track, []).extend(walk(row, 0))
    return found


def missing(capa: CorrectiveAction, code: str) -> str:
    """What a stage still needs before it can be finished; empty when nothing."""
    stage = capa.stages.filter(code=code).first()
    if stage is None or (code not in ("D1",) and not text_of(capa, stage).strip()):
        return _("Write down what was found or decided.")
    asked = ASKED.get(code)
    return asked(capa) if asked else ""


def _team(capa: CorrectiveAction) -> str:
    roles = list(capa.members.values_list("role", flat=True))
    return "" if "LEADER" in roles and len(roles) > 1 else _("A team has a leader and at least one more member.")


def _compared(capa: CorrectiveAction) -> str:
    rows = capa.comparisons.exclude(is_so="").exclude(is_not="")
    return "" if rows.exists() else _("Fill in at least one line of is and is not.")


def _rooted(capa: CorrectiveAction) -> str:
    has_root = capa.whys.filter(is_root=True).exists()
    has_cause = capa.causes.filter(verdict=CauseVerdict.CONFIRMED).exists()
    return "" if has_root or has_cause else _("Mark a root cause in the whys, or confirm a cause on the fish.")


def _chosen(capa: CorrectiveAction) -> str:
    return "" if capa.actions.filter(kind=Kind.CORRECTIVE).exists() else _("Choose at least one corrective action.")


def _done(*kinds: str, verified: bool = False) -> Callable[[CorrectiveAction], str]:
    def asked(capa: CorrectiveAction) -> str:
        rows = capa.actions.filter(kind__in=kinds)
        if rows.filter(done_at__isnull=True).exists():
            return _("Finish the actions of this stage first.")
        if verified and rows.filter(verified_at__isnull=True).exists():
            return _("Somebody else must verify the actions of this stage first.")
        return ""
    return asked


ASKED: dict[str, Callable[[CorrectiveAction], str]] = {
    "D0": _done(Kind.EMERGENCY), "D1": _team, "D2": _compared, "D3": _done(Kind.CONTAINMENT, Kind.CORRECTION),
    "D4": _rooted, "D5": _chosen, "D6": _done(Kind.CORRECTIVE, verified=True),
    "D7": _done(Kind.PREVENTIVE, Kind.DEPLOYMENT),
}


def content(capa: CorrectiveAction, code: str) -> dict[str, Any]:
    """What a stage says now, to be kept as its revision."""
    stage = capa.stages.get(code=code)
    found: dict[str, Any] = {"text": text_of(capa, stage)}
    if code == StageCode.D1:
        found["team"] = [[one.person.name, one.get_role_display(), one.task]
                         for one in capa.members.select_related("person")]
    if code == StageCode.D2:
        found["is"] = [[one.aspect, one.is_so, one.is_not, one.difference] for one in capa.comparisons.all()]
    if code == StageCode.D4:
        found["whys"] = [[one.track, one.parent_id, one.pk, one.text, one.proof, one.is_root]
                         for one in capa.whys.all()]
        found["causes"] = [[one.bone, one.text, one.verdict, one.proof] for one in capa.causes.all()]
    if code in SHOWN_IN:
        rows = capa.actions.filter(kind__in=SHOWN_IN[code]).select_related("owner")
        found["actions"] = [described(one) for one in rows]
    return found


def described(action: CapaAction) -> list[str]:
    """An action in a revision."""
    day = action.due_at.date().isoformat()
    return [action.kind, action.description, action.owner.name, day, action.result, action.verify_finding]
