"""Choosing the rules of a chart one by one: each with its numbers and the way it counts."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from plant.web.forms import EditForm
from spc import rulebook
from spc.engine.rule import Rule
from spc.engine.rules import KINDS, RULE_SETS
from spc.models import ControlChart

SET_NAMES = {
    "default": _("Usual: one point, one side, one trend (7 points)"), "nelson": _("Nelson 1–8"),
    "western-electric": _("Western Electric"), "minitab": _("The eight tests as Minitab counts them"),
}
CONVENTIONS = {
    "count": (_("Counted"), {"points": _("points"), "moves": _("steps between points")}),
    "ties": (_("Equal neighbours"), {"break": _("end the run"), "continue": _("let it go on")}),
    "inside": (_("A point on the line"), {"inclusive": _("counts as inside"), "strict": _("ends the run")}),
    "outside": (_("Sides"), {"both": _("on both sides"), "either": _("one side is enough")}),
    "window": (_("At the start"), {"partial": _("judge fewer points"), "full": _("wait for all points")}),
}
MISSING = {"break": _("ends every run"), "bridge": _("is passed over")}


@dataclass(frozen=True, slots=True)
class Slot:
    """A line of the table: a kind of rule, what it is called, and the numbers that it starts with."""

    key: str
    label: Any
    usual: Rule
    conventions: tuple[str, ...] = ()

    @property
    def numbers(self) -> tuple[str, ...]:
        """Which of k, m and zone a person sets."""
        kept = {"beyond": ("zone",), "side": ("k",), "trend": ("k",), "alternate": ("k",), "zone": ("k", "m", "zone")}
        return kept.get(self.usual.kind, ("k", "zone"))


SLOTS = (
    Slot("beyond", _("Beyond the limit"), Rule(kind="beyond", zone=3)),
    Slot("side", _("Run on one side"), Rule(kind="side", k=7)),
    Slot("trend", _("Trend"), Rule(kind="trend", k=7), ("count", "ties")),
    Slot("alternate", _("Up and down by turns"), Rule(kind="alternate", k=14), ("count",)),
    Slot("zone_a", _("Most beyond 2 sigma"), Rule(kind="zone", k=2, m=3, zone=2), ("window",)),
    Slot("zone_b", _("Most beyond 1 sigma"), Rule(kind="zone", k=4, m=5, zone=1), ("window",)),
    Slot("inside", _("Hugging the centre"), Rule(kind="inside", k=15, zone=1), ("inside",)),
    Slot("outside", _("Avoiding the centre"), Rule(kind="outside", k=8, zone=1), ("outside",)),
)


class RulesForm(EditForm):
    """The rules of a chart, each on or off with its numbers; further ones as data."""

    rules = forms.CharField(required=False, widget=forms.HiddenInput, label=_("Rules"))
    missing = forms.ChoiceField(label=_("A missing reading"), choices=list(MISSING.items()))
    more = forms.CharField(
        label=_("Further rules"), required=False, widget=forms.Textarea({"rows": 2}),
        help_text=_("A list of rules as data, for patterns that the table has no line for."),
    )
    reason = forms.CharField(label=_("Reason"), required=False, widget=forms.Textarea({"rows": 2}))

    def __init__(self, data: Any = None, *, chart: ControlChart, preset: str = "", **kwargs: Any) -> None:
        mine = rulebook.parse(chart.rules)
        shown = RULE_SETS.get(preset, mine)
        kwargs["initial"] = {**unfolded(shown), **kwargs.get("initial", {})}
        super().__init__(data, standing={"rules": text_of(mine)}, subject=chart, **kwargs)
        for slot in SLOTS:
            self.fields[f"{slot.key}_on"] = forms.BooleanField(label=slot.label, required=False)
            for number in slot.numbers:
                self.fields[f"{slot.key}_{number}"] = number_field(slot, number)
            for name in slot.conventions:
                label, words = CONVENTIONS[name]
                self.fields[f"{slot.key}_{name}"] = forms.ChoiceField(label=label, choices=list(words.items()))
        self._composed = ""

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The table: for each slot its switch, its numbers and how it counts."""
        return [
            {
                "slot": slot, "on": self[f"{slot.key}_on"],
                "numbers": [self[f"{slot.key}_{n}"] if n in slot.numbers else None for n in ("k", "m", "zone")],
                "conventions": [self[f"{slot.key}_{name}"] for name in slot.conventions],
            }
            for slot in SLOTS
        ]

    def clean(self) -> dict[str, Any]:
        """Put the lines together; what makes no sense stands beside its line."""
        chosen = [*self._chosen(), *self._further()]
        if self.errors:
            return self.cleaned_data
        self._composed = self.cleaned_data["rules"] = text_of(chosen)
        data = super().clean()
        if not self.errors:
            data["rules"] = parse(data["rules"])
        return data

    def _chosen(self) -> list[Rule]:
        data, found = self.cleaned_data, []
        for slot in SLOTS:
            if not data.get(f"{slot.key}_on"):
                continue
            names = (*slot.numbers, *slot.conventions)
            asked = {name: data[f"{slot.key}_{name}"] for name in names if data.get(f"{slot.key}_{name}") is not None}
            try:
                found.append(Rule(kind=slot.usual.kind, **asked, **self._missing(slot.usual.kind)))
            except ValueError as error:
                self.add_error(f"{slot.key}_on", str(error))
        return found

    def _missing(self, kind: str) -> dict[str, str]:
        return {} if kind == "beyond" else {"missing": self.cleaned_data.get("missing") or "break"}

    def _further(self) -> list[Rule]:
        text = self.cleaned_data.get("more", "").strip()
        try:
            return parse(text) if text else []
        except (ValueError, TypeError, AttributeError) as error:
            self.add_error("more", _("These rules can't be read: %(why)s") % {"why": error})
            return []

    def _posted(self, name: str) -> str:
        return self._composed if name == "rules" else super()._posted(name)

    def _both(self, name: str) -> tuple[str, Any, Any, Any]:
        field, label, *both = super()._both(name)
        return field, label, *(", ".join(rule.headline(gettext) for rule in parse(text)) for text in both)  # type: ignore[return-value]


def number_field(slot: Slot, number: str) -> forms.Field:
    """One of k, m and zone; asked for where the rule is switched on."""
    words = {"k": _("Points"), "m": _("of how many"), "zone": _("Sigma")}
    if number == "zone":
        return forms.FloatField(label=words[number], required=False, min_value=0, max_value=6)
    return forms.IntegerField(label=words[number], required=False, min_value=1, max_value=64)


def unfolded(rules: Sequence[Rule]) -> dict[str, Any]:
    """The values of the form for these rules; each takes the first free line of its kind, the rest go to `more`."""
    values: dict[str, Any] = {"missing": next((rule.missing for rule in rules if rule.kind != "beyond"), "break")}
    for slot in SLOTS:
        values |= {f"{slot.key}_{name}": getattr(slot.usual, name) for name in (*slot.numbers, *slot.conventions)}
    free, further = list(SLOTS), []
    for rule in rules:
        slot = next((slot for slot in free if fits(slot, rule)), None)
        if slot is None:
            further.append(rule)
            continue
        free.remove(slot)
        values[f"{slot.key}_on"] = True
        values |= {f"{slot.key}_{name}": getattr(rule, name) for name in (*slot.numbers, *slot.conventions)}
    return values | {"more": text_of(further) if further else ""}


def fits(slot: Slot, rule: Rule) -> bool:
    """A line can say everything about this rule."""
    if slot.usual.kind != rule.kind:
        return False
    said = {name: getattr(rule, name) for name in (*slot.numbers, *slot.conventions)}
    try:
        return Rule(kind=rule.kind, missing=rule.missing, **said) == rule
    except ValueError:
        return False


def text_of(rules: Sequence[Rule]) -> str:
    """Rules as the text that the form compares and keeps, always in one order."""
    ordered = sorted(rules, key=lambda rule: (KINDS.index(rule.kind), -(rule.zone or 0), rule.id))
    return json.dumps([rule.to_dict() for rule in ordered], sort_keys=True)


def parse(text: str) -> list[Rule]:
    """The rules of such a text; ValueError or TypeError where it is none."""
    return [Rule.from_dict(one) for one in json.loads(text)]


def name_of(rules: Sequence[Rule]) -> Any:
    """What a chart's rules are called when they are one of the known sets."""
    return next((SET_NAMES.get(key, key) for key, known in RULE_SETS.items() if set(known) == set(rules)), "")
