"""One run rule: what it looks at, and which of the rival conventions it counts by."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from math import inf, isfinite
from typing import Any

LONGEST = 64  # points a rule may look back over: one machine word

_CHOICES = {
    "count": ("points", "moves"),
    "ties": ("break", "continue"),
    "inside": ("inclusive", "strict"),
    "outside": ("both", "either"),
    "window": ("partial", "full"),
    "missing": ("break", "bridge"),
}
_USED = {
    "beyond": {"zone"},
    "side": {"missing"},
    "trend": {"count", "ties", "missing"},
    "alternate": {"count", "missing"},
    "zone": {"m", "zone", "zone_high", "outside", "window", "missing"},
    "inside": {"zone", "inside", "missing"},
    "outside": {"zone", "outside", "missing"},
}
KINDS = tuple(_USED)

SENTENCES = {
    "beyond": "One point lies more than %(zone)s sigma from the centre line; a point on the limit is still inside.",
    "side": "%(k)s points in a row lie on the same side of the centre line; a point on the line ends the run.",
    "trend:points": "%(k)s points in a row rise, or fall; points, not steps, are counted.",
    "trend:moves": "%(k)s steps in a row rise, or fall; steps, not points, are counted.",
    "trend:ties": "%(points)s points in a row never fall, or never rise; equal neighbours do not end the run.",
    "alternate:points": "%(k)s points in a row go up and down by turns; points, not steps, are counted.",
    "alternate:moves": "%(k)s steps in a row go up and down by turns; steps, not points, are counted.",
    "zone": "%(k)s of %(m)s points, the last among them, lie more than %(zone)s sigma from the centre on one side.",
    "zone:side": "%(k)s of %(m)s points, the last among them, lie on one side of the centre line.",
    "zone:either": "%(k)s of %(m)s points, the last among them, lie more than %(zone)s sigma from the centre.",
    "zone:between": "%(k)s of %(m)s points, the last among them, lie between %(zone)s and %(high)s sigma on one side.",
    "zone:between:either": "%(k)s of %(m)s points, the last among them, lie between %(zone)s and %(high)s sigma.",
    "inside": "%(k)s points in a row lie within %(zone)s sigma of the centre line: too quiet to be true.",
    "outside:both": "%(k)s points in a row lie more than %(zone)s sigma from the centre line, on both sides of it.",
    "outside:either": "%(k)s points in a row lie more than %(zone)s sigma from the centre line, on either side.",
}

HEADLINES = {
    "beyond": "beyond %(zone)s sigma",
    "side": "%(k)s points in a row on one side",
    "trend": "%(points)s points rising or falling",
    "alternate": "%(points)s points up and down by turns",
    "zone": "%(k)s of %(m)s points beyond %(zone)s sigma",
    "zone:side": "%(k)s of %(m)s points on one side",
    "zone:between": "%(k)s of %(m)s points between %(zone)s and %(high)s sigma",
    "inside": "%(k)s points within %(zone)s sigma",
    "outside": "%(k)s points outside %(zone)s sigma",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A pattern that a stable process seldom shows; it is flagged at its last point.

    Source of the patterns: Western Electric, Statistical Quality Control Handbook (1956); Nelson, JQT 16 (1984) 237;
    ISO 7870-2:2013. `zone` is in sigmas, `k` and `m` count points (`k` counts moves where count="moves"):

    beyond     one point more than `zone` from the centre, strictly: a point on the limit is in control
    side       `k` in a row strictly on one side of the centre
    trend      `k` in a row rising or falling; ties="continue" lets equal neighbours pass (never falling, never rising)
    alternate  `k` in a row up and down by turns; a tie ends it
    zone       `k` of `m` more than `zone` from the centre on one side, the last of them too; window="full" wants `m`
               points before it judges, "partial" judges 2 of 2 at the start of a series; `zone_high` leaves out points
               farther away than that; outside="either" counts the points of both sides together
    inside     `k` in a row within `zone`; a point on the line counts if inside="inclusive"
    outside    `k` in a row beyond `zone`; outside="both" wants points on both sides, "either" does not

    missing="break" ends a run at a NaN, "bridge" takes the NaN out of the series. ValueError tells what is wrong.
    """

    kind: str
    k: int = 1
    m: int | None = None
    zone: float | None = None
    count: str = "points"
    ties: str = "break"
    inside: str = "inclusive"
    outside: str = "both"
    window: str = "partial"
    missing: str = "break"
    zone_high: float | None = None

    def __post_init__(self) -> None:
        if self.kind not in _USED:
            raise ValueError(f"Unknown kind of rule {self.kind!r}; choose one of {', '.join(KINDS)}.")
        self._check_options()
        self._check_zone()
        self._check_counts()

    def _check_options(self) -> None:
        used = _USED[self.kind]
        for name, allowed in _CHOICES.items():
            value = getattr(self, name)
            if value not in allowed:
                raise ValueError(f"{name} of a rule is {' or '.join(allowed)}, not {value!r}.")
            if value != allowed[0] and name not in used:
                raise ValueError(f"{name}={value!r} means nothing for a rule of kind {self.kind!r}; leave it out.")

    def _check_zone(self) -> None:
        if "zone" not in _USED[self.kind]:
            if self.zone is not None:
                raise ValueError(f"zone means nothing for a rule of kind {self.kind!r}; leave it out.")
            return
        lowest_allowed = self.kind == "zone"  # k of m on one side is a zone rule at 0 sigma
        if isinstance(self.zone, bool) or not isinstance(self.zone, int | float) or not isfinite(self.zone):
            raise ValueError(f"A rule of kind {self.kind!r} needs a zone in sigmas, got {self.zone!r}.")
        if self.zone < 0 or (self.zone == 0 and not lowest_allowed):
            raise ValueError(f"The zone of a rule of kind {self.kind!r} must be above 0 sigma, got {self.zone}.")
        object.__setattr__(self, "zone", float(self.zone))
        self._check_high()

    def _check_high(self) -> None:
        if self.zone_high is None:
            return
        if self.kind != "zone":
            raise ValueError(f"zone_high means nothing for a rule of kind {self.kind!r}; leave it out.")
        if isinstance(self.zone_high, bool) or not isinstance(self.zone_high, int | float) or not (
            (self.zone or 0.0) < self.zone_high < inf
        ):
            raise ValueError(f"zone_high must be a number of sigmas above zone {self.zone}, got {self.zone_high!r}.")
        object.__setattr__(self, "zone_high", float(self.zone_high))

    def _check_counts(self) -> None:
        if not _whole(self.k) or self.k < 1:
            raise ValueError(f"k must be a whole number of at least 1, got {self.k!r}.")
        if self.kind == "zone":
            if self.m is None or not _whole(self.m) or self.m < self.k:
                raise ValueError(f"k of m points: m must be a whole number of at least k = {self.k}, got {self.m!r}.")
        elif self.m is not None:
            raise ValueError(f"m means nothing for a rule of kind {self.kind!r}; leave it out.")
        if self.kind == "beyond" and self.k != 1:
            raise ValueError("A rule of kind 'beyond' judges one point; use kind 'zone' for k of m points.")
        if self.moves is not None and self.moves < (2 if self.kind == "alternate" else 1):
            raise ValueError(f"A rule of kind {self.kind!r} with k = {self.k} has too few steps to show a pattern.")
        if self.outside == "both" and self.kind == "outside" and self.k < 2:
            raise ValueError("One point cannot lie on both sides; use k of at least 2, or outside='either'.")
        if self.span > LONGEST:
            raise ValueError(f"A rule looks back over at most {LONGEST} points, this one over {self.span}.")

    @property
    def moves(self) -> int | None:
        """Steps from point to point that a trend or an alternation needs; None for other kinds."""
        if self.kind not in ("trend", "alternate"):
            return None
        return self.k if self.count == "moves" else self.k - 1

    @property
    def span(self) -> int:
        """Points the rule looks at, the flagged one included: how far a changed reading can reach."""
        return self.moves + 1 if self.moves is not None else self.m or self.k

    @property
    def id(self) -> str:
        """A stable slug that says what the rule does: `trend-7`, `2of3-beyond-2s`, `outside-1s-8-either`."""
        zone = f"{self.zone:g}s" if self.zone is not None else ""
        reach = f"beyond-{zone}" if self.zone_high is None else f"between-{zone}-{self.zone_high:g}s"
        many = {"beyond": f"beyond-{zone}", "zone": f"{self.k}of{self.m}-{reach}"}
        name = many.get(self.kind) or "-".join(filter(None, (self.kind, zone, str(self.k))))
        options = (getattr(self, option) for option in _CHOICES)
        changed = (v for v, allowed in zip(options, _CHOICES.values(), strict=True) if v != allowed[0])
        return "-".join((name, *changed))

    def sentence(self, translate: Callable[[str], str] = str) -> str:
        """The rule in plain words; `translate` gets one of SENTENCES before the numbers are put in."""
        key = self._spoken()
        if self.kind in ("trend", "alternate"):
            key += ":ties" if self.ties == "continue" else f":{self.count}"
        if self.kind == "outside" or (self.kind == "zone" and self.outside == "either"):
            key += f":{self.outside}"
        return self._filled(translate(SENTENCES[key]))

    def headline(self, translate: Callable[[str], str] = str) -> str:
        """The rule in few words, as a title has room for; `translate` gets one of HEADLINES."""
        return self._filled(translate(HEADLINES[self._spoken()]))

    def _spoken(self) -> str:
        """The kind, or the special case of it that has words of its own."""
        if self.zone_high is not None:
            return "zone:between"
        return "zone:side" if self.kind == "zone" and self.zone == 0 and self.outside != "either" else self.kind

    def _filled(self, words: str) -> str:
        zone = f"{self.zone:g}" if self.zone is not None else ""
        high = f"{self.zone_high:g}" if self.zone_high is not None else ""
        return words % {"k": self.k, "m": self.m, "zone": zone, "high": high, "points": self.span}

    def to_dict(self) -> dict[str, Any]:
        """What JSON can hold and `from_dict` takes back; options at their default are left out."""
        return {f.name: v for f in fields(self) if (v := getattr(self, f.name)) != f.default}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Rule":
        """The rule that `to_dict` wrote; ValueError names an unknown key or a bad value."""
        unknown = sorted(set(data) - {f.name for f in fields(cls)})
        if unknown or "kind" not in data:
            raise ValueError(f"Unknown in a rule: {', '.join(unknown)}." if unknown else "A rule needs a kind.")
        return cls(**data)


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)
