"""Studies of gauges: designed, concluded with a verdict, approved by another person, or given up."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from plant import policies
from plant.commands import journal, signatures
from plant.errors import Refusal
from plant.locks import lock
from plant.models import Equipment, Meaning, Person
from plant.transactions import command
from qms.models import Characteristic
from spc.gauging import kinds
from spc.models import Study, StudyKind, StudyMethod, StudyPart, StudyReading, StudyStatus
from spc.queries import studies


class StudyRefused(Refusal):
    """A study that makes no sense, or is not open for this any more."""

    code = "study-refused"


class Piece(NamedTuple):
    """A part of a study: the code on it, its reference value, its right rating, as far as they are known."""

    label: str = ""
    reference: float | None = None
    standard: str = ""


@command
def design(
    *, code: str, gauge: str, equipment: Equipment, characteristic: Characteristic, parts: int,
    appraisers: Sequence[str], trials: int, by: Person, at: datetime, kind: str = StudyKind.CROSSED,
    method: str = "", pieces: Sequence[Piece] = (), settings: Mapping[str, Any] | None = None, seed: int | None = None,
) -> Study:
    """Draw the order of the measurements; the seed it follows from is kept, and drawn where none is given.

    pieces  what is known of the parts, by number from 1; settings: those of the kind, the usual where left away
    """
    policies.check(by, "study.design")
    names = [name.strip() for name in appraisers if name.strip()]
    _check_sizes(kind, parts=parts, trials=trials, appraisers=names)
    _check_pieces(kind, pieces, kinds.pieces(kind, parts, len(names)))
    wanted = {**kinds.KINDS[kind].settings, **(settings or {})}
    _check_needs(kind, pieces, wanted, characteristic, trials)
    fields = {
        "kind": kind, "gauge": gauge.strip(), "equipment": equipment, "characteristic": characteristic, "parts": parts,
        "appraisers": names, "trials": trials, "designed_by": by, "designed_at": at, "settings": wanted,
        "method": (method or StudyMethod.ANOVA) if kind == StudyKind.CROSSED else "",
        "seed": secrets.randbelow(kinds.LARGEST_SEED) if seed is None else seed,
    }  # fmt: skip
    study, is_new = Study.objects.get_or_create(code=code.strip(), defaults=fields)
    if not is_new:
        raise StudyRefused(_("There is a study “%(code)s” already.") % {"code": code}, facts={"field": "code"})
    _lay_out(study, pieces)
    told = ("kind", "gauge", "parts", "appraisers", "trials", "method", "seed", "settings")
    data = {name: getattr(study, name) for name in told}
    journal.record("study.designed", subject=study, by=by, data={**data, "at": at})
    return study


@command
def conclude(*, study: Study, conclusion: str, by: Person, at: datetime) -> Study:
    """Fix the result and its verdict; it counts once another person approved it."""
    policies.check(by, "study.close", on=study)
    found = open_study(study)
    report = studies.report(found)
    if report.answer is None:
        raise StudyRefused(report.refused)
    answer = report.answer
    journal.move(
        found, to=StudyStatus.CONCLUDED, by=by, closed_at=at, concluded_by=by, verdict=answer["verdict"],
        spread=answer["spread"], conclusion=conclusion.strip(), result=answer,
        data={"kind": found.kind, "method": answer["method"], "verdict": answer["verdict"], "spread": answer["spread"]},
    )  # fmt: skip
    return found


@command
def approve(*, study: Study, reason: str, password: str, seen_hash: str, by: Person, at: datetime) -> Study:
    """Sign the verdict as another person than who concluded it: from now on capability asks this study."""
    policies.check(by, "study.approve", on=study)
    found = _concluded(study)
    if found.concluded_by_id == by.pk:
        raise StudyRefused(_("You concluded this study. Let another person read and approve it."))
    signatures.sign(
        subject=found, meaning=Meaning.APPROVED, content=studies.seen(found), seen_hash=seen_hash, password=password,
        reason=reason, by=by, at=at,
    )
    journal.move(found, to=StudyStatus.APPROVED, by=by, reason=reason, approved_by=by, approved_at=at)
    return found


@command
def send_back(*, study: Study, reason: str, by: Person, at: datetime) -> Study:
    """Take a conclusion back, so that values can be put right; the study is concluded anew."""
    policies.check(by, "study.approve", on=study)
    if not reason.strip():
        raise StudyRefused(_("Say what is to be put right."), facts={"field": "reason"})
    found = _concluded(study)
    journal.move(
        found, to=StudyStatus.COLLECTING, by=by, reason=reason, closed_at=None, concluded_by=None, verdict="",
        spread=None, result={}, data={"at": at},
    )  # fmt: skip
    return found


@command
def cancel(*, study: Study, reason: str, by: Person, at: datetime) -> Study:
    """Give a study up; what was measured stays on record."""
    policies.check(by, "study.close", on=study)
    if not reason.strip():
        raise StudyRefused(_("Say why the study is given up."), facts={"field": "reason"})
    found = open_study(study)
    journal.move(found, to=StudyStatus.CANCELLED, by=by, reason=reason, data={"at": at})
    return found


def open_study(study: Study) -> Study:
    """The study under its lock, still collecting."""
    found = lock(Study.objects.filter(pk=study.pk))[0]
    if found.status != StudyStatus.COLLECTING:
        raise StudyRefused(_("This study is closed. Its values stay as they are; design a new study."))
    return found


def _concluded(study: Study) -> Study:
    found = lock(Study.objects.filter(pk=study.pk))[0]
    if found.status != StudyStatus.CONCLUDED:
        raise StudyRefused(_("Only a concluded study waits for approval. Reload the page."))
    return found


def _lay_out(study: Study, pieces: Sequence[Piece]) -> None:
    """The parts on the table, and every cell at its place."""
    wanted = kinds.pieces(study.kind, study.parts, len(study.appraisers))
    known = list(pieces) or [Piece()] * wanted
    StudyPart.objects.bulk_create(
        StudyPart(study=study, number=number, **piece._asdict()) for number, piece in enumerate(known, start=1)
    )
    order = kinds.order(study.kind, study.parts, study.appraisers, study.trials, study.seed or 0)
    StudyReading.objects.bulk_create(
        StudyReading(study=study, place=place, part=part, appraiser=who, trial=trial)
        for place, (part, who, trial) in enumerate(order, start=1)
    )


def _check_sizes(kind: str, *, parts: int, trials: int, appraisers: Sequence[str]) -> None:
    spans = kinds.KINDS[kind]
    asked = {"parts": (parts, spans.parts), "trials": (trials, spans.trials),
             "appraisers": (len(appraisers), spans.appraisers)}  # fmt: skip
    for name, (size, (least, most)) in asked.items():
        if not least <= size <= most:
            words = _("Between %(least)s and %(most)s, please.") % {"least": least, "most": most}
            raise StudyRefused(words, facts={"field": name})
    if len(set(appraisers)) < len(appraisers):
        raise StudyRefused(_("Each appraiser must be named once."), facts={"field": "appraisers"})
    if kinds.count(kind, parts, len(appraisers), trials) > kinds.MOST_CELLS:
        words = _("More than %(most)s measurements. Take fewer parts or trials.") % {"most": kinds.MOST_CELLS}
        raise StudyRefused(words, facts={"field": "parts"})


def _check_pieces(kind: str, pieces: Sequence[Piece], wanted: int) -> None:
    facts = {"field": "pieces"}
    if pieces and len(pieces) != wanted:
        words = _("%(found)s parts are listed, the study has %(wanted)s. List every part, or none.")
        raise StudyRefused(words % {"found": len(pieces), "wanted": wanted}, facts=facts)
    labels = [piece.label for piece in pieces if piece.label]
    twice = next((label for label in labels if labels.count(label) > 1), "")
    if twice:
        raise StudyRefused(_("The part code %(code)s is listed twice.") % {"code": twice}, facts=facts)
    if kinds.KINDS[kind].references and not (pieces and all(piece.reference is not None for piece in pieces)):
        raise StudyRefused(_("Say the reference value of each part."), facts={"field": "references"})


def _check_needs(
    kind: str, pieces: Sequence[Piece], settings: Mapping[str, Any], characteristic: Characteristic, trials: int
) -> None:
    if kinds.KINDS[kind].tolerance and (characteristic.lower is None or characteristic.upper is None):
        words = _("%(code)s has no tolerance with two limits, which this study is judged by. Choose another kind.")
        raise StudyRefused(words % {"code": characteristic.code}, facts={"field": "characteristic"})
    if trials % settings.get("subgroup", 1):
        words = _("%(trials)s readings can't be divided into occasions of %(size)s.")
        raise StudyRefused(words % {"trials": trials, "size": settings["subgroup"]}, facts={"field": "occasions"})
    if not kinds.KINDS[kind].rated:
        return
    standards = [piece.standard for piece in pieces]
    if any(standards) and not all(standards):
        raise StudyRefused(_("Say the right rating of every part, or of none."), facts={"field": "pieces"})
    unknown = next((one for one in standards if one and one not in settings["ratings"]), "")
    if unknown:
        words = _("“%(word)s” is none of the ratings of this study.") % {"word": unknown}
        raise StudyRefused(words, facts={"field": "pieces"})
