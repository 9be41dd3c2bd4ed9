"""Do appraisers who say good or bad agree with themselves, with one another and with what is right."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import asdict
from itertools import combinations
from typing import Any

import numpy as np

from spc.analyses import files
from spc.analyses.files import Columns
from spc.engine.msa import agreement, attribute, cells

GOOD = ("1", "good", "ok", "pass", "accept", "g", "合格")


def analyse(
    columns: Columns, *, good: str = "", confidence: float = 0.95, lsl: float | None = None, usl: float | None = None
) -> dict[str, Any]:
    """Columns part, appraiser, trial, rating; standard (the right rating) and value (the measured one) where known.

    good  the rating that accepts a part; else the one of the usual words that is among the ratings
    ValueError names what is missing, or the part and appraiser that lack trials.
    """
    known = {name.strip().casefold() for name in columns}
    names = [n for n in ("part", "appraiser", "trial", "rating", "standard", "value") if n in known]
    chosen = files.choose(columns, ["part", "appraiser", "rating", *names])
    parts, ratings = _ratings(chosen)
    standard = _per_part(chosen, "standard") if "standard" in known else None
    accepts = good or next((str(r) for r in chosen["rating"] if str(r).strip().casefold() in GOOD), "")
    told: dict[str, Any] = {
        "method": "attribute agreement", "parts": len(parts), "appraisers": len(ratings), "good": accepts or None,
        "trials": len(next(iter(ratings.values()))[0]),
        "pairs": _pairs(ratings), **_everyone(ratings, standard, confidence),
    }  # fmt: skip
    if standard is not None:
        told["by_appraiser"] = _by_appraiser(ratings, standard, accepts or None, confidence)
        told["effectiveness"] = {who: one["effectiveness"]["percent"] for who, one in told["by_appraiser"].items()}
    if "value" in known:
        told["signal_detection"] = _grey_zone(columns, chosen, parts, ratings, accepts, lsl, usl)
    return told


def _ratings(chosen: Mapping[str, list[object]]) -> tuple[list[Hashable], dict[Hashable, list[list[Hashable]]]]:
    """Parts in order, and each appraiser's ratings (parts, trials); the cells are found by their place in the rows."""
    words = [str(rating).strip() for rating in chosen["rating"]]
    place = np.where([bool(word) for word in words], np.arange(len(words), dtype=float), np.nan)
    labels = [[str(label) for label in chosen.get(name, [])] for name in ("part", "appraiser", "trial")]
    table = cells.crossed(labels[0], labels[1], place, labels[2], least=1)
    rows = table.x.astype(int)
    return list(table.parts), {
        who: [[words[i] for i in row] for row in rows[:, j]] for j, who in enumerate(table.appraisers)
    }


def _per_part(chosen: Mapping[str, list[object]], name: str) -> list[Hashable]:
    """What each part is known to be. ValueError: a part told twice differently."""
    found: dict[str, str] = {}
    for part, value in zip(chosen["part"], chosen[name], strict=True):
        if found.setdefault(str(part), str(value).strip()) != str(value).strip():
            raise ValueError(f"Part {part} has two {name}s, {found[str(part)]} and {value}; keep one.")
    return list(found.values())


def _pairs(ratings: Mapping[Hashable, list[list[Hashable]]]) -> list[dict[str, Any]]:
    """Cohen's kappa of every two appraisers over all their trials (AIAG)."""
    flat = {who: [rating for row in rows for rating in row] for who, rows in ratings.items()}
    return [{"a": a, "b": b, **asdict(agreement.cohen(flat[a], flat[b]))} for a, b in combinations(flat, 2)]


def _everyone(
    ratings: Mapping[Hashable, list[list[Hashable]]], standard: Sequence[Hashable] | None, confidence: float
) -> dict[str, Any]:
    everyone = [[rating for one in rows for rating in one] for rows in zip(*ratings.values(), strict=True)]
    categories = sorted({str(rating) for row in everyone for rating in row})
    overall, each = agreement.fleiss(agreement.counted(everyone, categories))
    between = attribute.between(ratings, standard)
    return {
        "between": {name: asdict(attribute.share(*counts, confidence)) for name, counts in between.items()},
        "fleiss": asdict(overall), "conger": agreement.conger(everyone),
        "fleiss_by_category": [{"category": c, **asdict(k)} for c, k in zip(categories, each, strict=True)],
    }  # fmt: skip


def _by_appraiser(
    ratings: Mapping[Hashable, list[list[Hashable]]], standard: Sequence[Hashable], good: str | None, confidence: float
) -> dict[str, Any]:
    told = {}
    for who, rows in ratings.items():
        one = attribute.versus(rows, standard, good, confidence)
        verdict = attribute.verdict(one.effectiveness.percent, one.miss_rate, one.false_alarm_rate)
        told[str(who)] = asdict(one) | {"verdict": verdict}
    return told


def _grey_zone(
    columns: Columns, chosen: Mapping[str, list[object]], parts: Sequence[Hashable],
    ratings: Mapping[Hashable, list[list[Hashable]]], good: str, lsl: float | None, usl: float | None,
) -> dict[str, Any]:
    values = dict(zip(map(str, chosen["part"]), files.numbers(columns, "value").tolist(), strict=True))
    accepted = [[r == good for one in rows for r in one] for rows in zip(*ratings.values(), strict=True)]
    return asdict(attribute.grey_zone([values[str(part)] for part in parts], accepted, lsl=lsl, usl=usl))
