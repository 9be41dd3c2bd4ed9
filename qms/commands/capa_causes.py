"""What a team finds out: is and is not, whys below whys, possible causes on the bones of the fish."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from plant import policies
from plant.commands import journal
from plant.models import Person
from plant.transactions import command
from qms.commands import capa_stages
from qms.commands.capa_working import CapaRefused, said, working
from qms.models import (
    Aspect,
    CapaCause,
    CapaComparison,
    CapaWhy,
    CauseVerdict,
    CorrectiveAction,
    StageCode,
    WhyTrack,
)

DEEPEST = 9


@command
def compare(
    *, capa: CorrectiveAction, rows: Mapping[str, tuple[str, str, str]], by: Person, at: datetime
) -> list[CapaComparison]:
    """Write the table of what it is, what it is not, and what is different there; an empty row goes."""
    fresh = _allowed(capa, StageCode.D2, by)
    made = []
    for aspect in Aspect.values:
        is_so, is_not, difference = (text.strip() for text in rows.get(aspect, ("", "", "")))
        fields = {"is_so": is_so, "is_not": is_not, "difference": difference}
        if any(fields.values()):
            row = CapaComparison.objects.update_or_create(capa=fresh, aspect=aspect, defaults=fields)[0]
            made.append(row)
        else:
            CapaComparison.objects.filter(capa=fresh, aspect=aspect).delete()
    data = {row.aspect: [row.is_so, row.is_not, row.difference] for row in made}
    journal.record("correctiveaction.compared", subject=fresh, by=by, data=data)
    return made


@command
def answer_why(
    *, capa: CorrectiveAction, text: str, by: Person, at: datetime, track: str = WhyTrack.OCCURRENCE,
    parent: CapaWhy | None = None, proof: str = "", is_root: bool = False,
) -> CapaWhy:
    """Answer a why; below another answer it is the next why of that one."""
    fresh = _allowed(capa, StageCode.D4, by)
    if parent is not None and parent.capa_id != fresh.pk:
        raise CapaRefused(_("That why belongs to another CAPA."))
    if parent is not None and _depth(parent) >= DEEPEST:
        raise CapaRefused(_("After so many whys the answer is one that you can change. Mark the root cause."))
    why = CapaWhy.objects.create(
        capa=fresh, track=parent.track if parent else track, parent=parent, text=said(text, _("Say why."), "text"),
        proof=proof.strip(), is_root=is_root,
    )
    data = {"why": why.pk, "below": parent.pk if parent else None, "text": why.text, "root": is_root}
    journal.record("correctiveaction.why-answered", subject=fresh, by=by, data=data)
    return why


def _depth(why: CapaWhy) -> int:
    depth, above = 1, why.parent
    while above is not None:
        depth, above = depth + 1, above.parent
    return depth


@command
def mark_root(*, why: CapaWhy, is_root: bool, by: Person, at: datetime) -> CapaWhy:
    """Say that this answer is a root cause, or that it is not."""
    fresh = _allowed(why.capa, StageCode.D4, by)
    CapaWhy.objects.filter(pk=why.pk).update(is_root=is_root)
    data = {"why": why.pk, "text": why.text, "root": is_root}
    journal.record("correctiveaction.root-marked", subject=fresh, by=by, data=data)
    why.is_root = is_root
    return why


@command
def drop_why(*, why: CapaWhy, by: Person, at: datetime) -> None:
    """Take an answer away that nothing hangs below."""
    fresh = _allowed(why.capa, StageCode.D4, by)
    if why.answers.exists():
        raise CapaRefused(_("Take the answers below it away first."))
    journal.record("correctiveaction.why-dropped", subject=fresh, by=by, data={"text": why.text})
    why.delete()


@command
def suppose(*, capa: CorrectiveAction, bone: str, text: str, by: Person, at: datetime) -> CapaCause:
    """Put a possible cause on a bone of the fish."""
    fresh = _allowed(capa, StageCode.D4, by)
    cause = CapaCause.objects.create(capa=fresh, bone=bone, text=said(text, _("Name the possible cause."), "text"))
    journal.record("correctiveaction.cause-supposed", subject=fresh, by=by, data={"bone": bone, "text": cause.text})
    return cause


@command
def judge_cause(*, cause: CapaCause, verdict: str, proof: str, by: Person, at: datetime) -> CapaCause:
    """Confirm a possible cause or rule it out, and say how that was proved."""
    fresh = _allowed(cause.capa, StageCode.D4, by)
    if verdict != CauseVerdict.POSSIBLE:
        said(proof, _("Say how it was proved."), "proof")
    CapaCause.objects.filter(pk=cause.pk).update(verdict=verdict, proof=proof.strip())
    data = {"text": cause.text, "verdict": verdict}
    journal.record("correctiveaction.cause-judged", subject=fresh, by=by, reason=proof, data=data)
    cause.refresh_from_db()
    return cause


@command
def drop_cause(*, cause: CapaCause, by: Person, at: datetime) -> None:
    """Take a possible cause away that was never judged; what was proved stays."""
    fresh = _allowed(cause.capa, StageCode.D4, by)
    if cause.verdict != CauseVerdict.POSSIBLE:
        raise CapaRefused(_("It was judged, so it stays on the fish."))
    journal.record("correctiveaction.cause-dropped", subject=fresh, by=by, data={"text": cause.text})
    cause.delete()


def _allowed(capa: CorrectiveAction, stage: str, by: Person) -> CorrectiveAction:
    policies.check(by, "capa.edit", capa=capa.number)
    fresh = working(capa)
    capa_stages.check_open(fresh, stage)
    return fresh
