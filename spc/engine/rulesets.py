"""The sets of run rules that plants ask for by name, and sets that people write down themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from spc.engine.rule import Rule

BEYOND = Rule(kind="beyond", zone=3)
TWO_OF_THREE = Rule(kind="zone", k=2, m=3, zone=2)
FOUR_OF_FIVE = Rule(kind="zone", k=4, m=5, zone=1)
QUIET = Rule(kind="inside", k=15, zone=1)
TREND_7 = Rule(kind="trend", k=7)

NELSON = (
    BEYOND,
    Rule(kind="side", k=9),
    Rule(kind="trend", k=6),
    Rule(kind="alternate", k=14),
    TWO_OF_THREE,
    FOUR_OF_FIVE,
    QUIET,
    Rule(kind="outside", k=8, zone=1),
)
"""Nelson, JQT 16 (1984) 237 = ISO 8258:1991 = GB/T 4091-2001, tests 1 to 8. In control: one alarm in 74 points."""

WESTERN_ELECTRIC = (BEYOND, TWO_OF_THREE, FOUR_OF_FIVE, Rule(kind="side", k=8))
"""Western Electric handbook (1956); NIST/SEMATECH e-Handbook 6.3.2. In control: one alarm in 92 points."""

MINITAB = (
    BEYOND,
    Rule(kind="side", k=9),
    Rule(kind="trend", k=6, count="moves"),
    Rule(kind="alternate", k=14, count="moves"),
    TWO_OF_THREE,
    FOUR_OF_FIVE,
    QUIET,
    Rule(kind="outside", k=8, zone=1, outside="either"),
)
"""The eight tests as Minitab counts them: steps in tests 3 and 4, either side in test 8."""

JMP = (*NELSON[:7], Rule(kind="outside", k=8, zone=1, outside="either"))
"""JMP's tests 1 to 8: Nelson's, points counted, either side in test 8."""

AIAG = (BEYOND, Rule(kind="side", k=7), *NELSON[2:7], Rule(kind="outside", k=8, zone=1, outside="either"))
"""AIAG SPC, 2nd ed. (2005), II.A, table of special-cause criteria: a side of 7, a trend of 6 points."""

GB17989_2 = (BEYOND, Rule(kind="side", k=7), TREND_7)
"""GB/T 17989.2-2020 = ISO 7870-2:2013: one beyond, 7 on a side, 7 rising or falling. One alarm in 93 points."""

GB4091_1983 = (
    BEYOND,
    Rule(kind="side", k=7),
    *(Rule(kind="zone", k=k, m=m, zone=0) for k, m in ((10, 11), (12, 14), (14, 17), (16, 20))),
    TREND_7,
    *(Rule(kind="zone", k=k, m=m, zone=2, zone_high=3, outside="either") for k, m in ((2, 3), (3, 7))),
)
"""The practice of GB/T 4091-1983 that plants still ask for: 7, 10 of 11, 12 of 14, 14 of 17 and 16 of 20 on one side,
7 rising or falling, 2 of 3 and 3 of 7 near the limits (between 2 and 3 sigma, whichever side)."""

SEVEN_RISING = (TREND_7,)
"""Seven points rising or falling, points counted: in control one alarm in 2 900 points."""

DEFAULT = GB17989_2
"""One point, one side, one trend (the 7s of AIAG SPC and ISO 7870-2). In control: one alarm in 93 points."""

RULE_SETS = {
    "default": DEFAULT, "nelson": NELSON, "western-electric": WESTERN_ELECTRIC, "minitab": MINITAB, "jmp": JMP,
    "aiag": AIAG, "iso8258": NELSON, "gb17989.2": GB17989_2, "gb4091-1983": GB4091_1983, "seven-rising": SEVEN_RISING,
}  # fmt: skip

_OTHER_KINDS = {"run_side": "side", "k_of_m_side": "side", "k_of_m_zone": "zone", "run": "side", "hugging": "inside"}


def parse(data: Sequence[Any] | Mapping[str, Any]) -> tuple[Rule, ...]:
    """Rules from JSON: a list of dicts with the fields of Rule, or {"rules": [...]}, or names of sets among them.

    A field that is null, and one that says nothing for a kind (m where it equals k, zone 0 of a run on one side), may
    stand there; k of m on one side may be told as kind "side" with m, k of m beyond a zone as kind "beyond" with k and
    m, and beyond 3 sigma without its zone. ValueError tells which rule is wrong, and how.
    """
    given = data.get("rules") if isinstance(data, Mapping) else data
    if not isinstance(given, Sequence) or isinstance(given, str):
        raise ValueError('A rule set is a list of rules, or {"rules": [...]}.')
    found: list[Rule] = []
    for number, one in enumerate(given, start=1):
        try:
            found += RULE_SETS[one] if isinstance(one, str) else [_rule(one)]
        except KeyError:
            raise ValueError(f"Rule {number}: there is no set {one!r}; choose {', '.join(RULE_SETS)}.") from None
        except (ValueError, TypeError) as reason:
            raise ValueError(f"Rule {number}: {reason}") from reason
    return tuple(dict.fromkeys(found))


def _rule(data: Any) -> Rule:
    if not isinstance(data, Mapping):
        raise ValueError(f"A rule is an object with a kind, not {data!r}.")
    told = {key: value for key, value in data.items() if value is not None}
    told["kind"] = kind = _OTHER_KINDS.get(told.get("kind", ""), told.get("kind", ""))
    k, m = told.get("k", 1), told.get("m")
    if m is not None and kind != "zone" and m == k:
        del told["m"]
    elif (kind == "side" and m is not None) or (kind == "beyond" and k != 1):
        told = {"zone": 0 if kind == "side" else 3, **told, "kind": "zone", "m": k if m is None else m}
    if told["kind"] == "beyond":
        told = {"zone": 3, **told}
    if told["kind"] in ("side", "trend", "alternate") and told.get("zone") == 0:
        del told["zone"]
    return Rule.from_dict(_used(told))


def _used(told: Mapping[str, Any]) -> dict[str, Any]:
    """Without the options at their default, which may be written at any rule."""
    defaults = {field.name: field.default for field in fields(Rule)}
    return {key: value for key, value in told.items() if key not in defaults or value != defaults[key]}
