"""The sets of run rules that plants ask for by name."""

from spc.engine.rule import Rule

BEYOND = Rule(kind="beyond", zone=3)
TWO_OF_THREE = Rule(kind="zone", k=2, m=3, zone=2)
FOUR_OF_FIVE = Rule(kind="zone", k=4, m=5, zone=1)

NELSON = (
    BEYOND,
    Rule(kind="side", k=9),
    Rule(kind="trend", k=6),
    Rule(kind="alternate", k=14),
    TWO_OF_THREE,
    FOUR_OF_FIVE,
    Rule(kind="inside", k=15, zone=1),
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
    Rule(kind="inside", k=15, zone=1),
    Rule(kind="outside", k=8, zone=1, outside="either"),
)
"""The eight tests as Minitab counts them: steps in tests 3 and 4, either side in test 8."""

DEFAULT = (BEYOND, Rule(kind="side", k=7), Rule(kind="trend", k=7))
"""One point, one side, one trend (the 7s of AIAG SPC and ISO 7870-2). In control: one alarm in 93 points."""

RULE_SETS = {"default": DEFAULT, "nelson": NELSON, "western-electric": WESTERN_ELECTRIC, "minitab": MINITAB}
