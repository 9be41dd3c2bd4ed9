"""Every vector of GS1's own engine and checks, and GS1's dictionary, entry by entry.

Left out, and counted below: what needs a list of company prefixes, what asks for identifiers that nobody knows, the
same address with an option turned off that is always on here, and vectors whose data was not written down.
"""

import re
from collections import Counter

import pytest

from plant.gs1 import digital_link, elements, scans
from plant.gs1.checks import CHECKS, in_alphabet
from plant.gs1.elements import GS, Gs1Error
from plant.gs1.identifiers import Identifier, identifiers
from tests.conformance import load, locate

ALPHABETS = {"cset39": "Y", "cset82": "X", "cset64": "Z", "csetnumeric": "N"}
NEEDS_COMPANIES = {"GS1_LINTER_INVALID_GCP_PREFIX", "GS1_LINTER_GCP_DATASOURCE_OFFLINE"}
UNKNOWN = "(89)"  # not assigned
UNWRITTEN = {"buf", "inbuf"}  # the vector names a variable of its program


def vectors(kind: str) -> list[dict]:
    return load("gs1/vectors_syntax_engine")["vectors"][kind]


def applicable(kind: str, field: str) -> list[dict]:
    cases = [case for case in vectors(kind) if case[field] not in UNWRITTEN]
    return [case for case in cases if not (case["ok"] and UNKNOWN in case[field])]


def told(read, *given):
    """What comes of it, or nothing when it is refused."""
    try:
        return read(*given)
    except Gs1Error:
        return None


def carried(data: str) -> dict[str, str]:
    """The elements of an engine's data: ^ is FNC1, | divides a composite symbol."""
    if data[:4].lower() == "http":
        return digital_link.read(data)
    if not data.startswith("^") and not data[:1].isdigit():
        return {}
    parts = [elements.element_string(part[1:].replace("^", GS)) if part[0] == "^" else scans.trade_item(part)
             for part in data.split("|")]
    return {code: value for part in parts for code, value in part.items()}


def expected(case: dict) -> dict[str, str] | None:
    """The elements that a vector says, or nothing where it is refused."""
    return carried(case["ai_unbracketed"]) if case["ok"] else None


def test_scans():
    wrong = []
    for case in vectors("process_scan_data"):
        scan = told(scans.read, case["scan"])
        says = (case["symbology"], carried(case["data"])) if case["ok"] else None
        wrong += [case] if (scan and (scan.symbology, scan.elements)) != says else []
    assert wrong == []


def test_scans_of_generated_symbols():
    cases = [case for case in vectors("generate_scan_data") if case["scan"]]
    wrong = [case for case in cases if told(scans.read, case["scan"]).elements != carried(case["data"])]
    assert (wrong, len(cases)) == ([], 17)


def test_element_strings():
    cases = applicable("process_unbracketed_ai", "ai_unbracketed")
    wrong = [case for case in cases if (told(scans.read, case["ai_unbracketed"]) is not None) != case["ok"]]
    assert (wrong, len(cases)) == ([], 45)


@pytest.mark.parametrize(("text", "is_right"), [
    ("91" + "A" * 90, True), ("91" + "A" * 91, False), (GS.join(f"3{n:03d}111111" for n in range(100, 165)), False),
])  # fmt: skip
def test_element_strings_that_vectors_describe(text, is_right):
    assert (told(elements.element_string, text) is not None) == is_right


def test_bracketed():
    cases = applicable("parse_bracketed_ai", "bracketed")
    wrong = [case for case in cases if told(elements.bracketed, case["bracketed"]) != expected(case)]
    assert (wrong, len(cases)) == ([], 14)


def test_bracketed_checks():
    wrong = [case for case in vectors("linters")
             if (told(elements.bracketed, case["bracketed"]) is None) != bool(case["error"])]
    assert wrong == []


def test_associations():
    def complete(text):
        found = elements.bracketed(text)
        elements.check_complete(found)
        return found

    cases = applicable("validate_ai_associations", "bracketed")
    wrong = [case for case in cases if (told(complete, case["bracketed"]) is not None) != case["ok"]]
    assert (wrong, len(cases)) == ([], 43)


def test_digital_links():
    cases = vectors("parse_digital_link")
    read = {case["uri"] for case in cases if case["ok"]}
    applied = [case for case in cases if case["ok"] or case["uri"] not in read]
    wrong = [case for case in applied if told(digital_link.read, case["uri"]) != expected(case)]
    assert (wrong, len(cases) - len(applied)) == ([], 4)


def test_written_digital_links():
    cases = applicable("generate_digital_link", "bracketed")
    wrong = [case for case in cases if (told(write, case["bracketed"], case["stem"]) or "") != case["uri"]]
    assert (wrong, len(cases)) == ([], 12)


def write(bracketed: str, stem: str | None) -> str:
    return digital_link.written(elements.bracketed(bracketed), stem or digital_link.HOME)


@pytest.mark.parametrize(("field", "in_query"), [("out_path", False), ("out_query", True)])
def test_percent_sequences(field, in_query):
    wrong = [case for case in vectors("uri_unescape")
             if digital_link.unescaped(case["in"], in_query=in_query) != case[field]]
    assert wrong == []


def test_checks():
    wrong, left_out = [], Counter()
    for name, cases in load("gs1/vectors_linters")["linters"].items():
        for case in cases:
            if case.get("error") in NEEDS_COMPANIES and case["markup"] != "expect":
                left_out[name] += 1
                continue
            kind = ALPHABETS.get(name)
            is_right = in_alphabet(kind, case["data"]) if kind else CHECKS[name](case["data"])
            wrong += [(name, case)] if is_right != case["ok"] else []
    assert (wrong, left_out) == ([], {"couponcode": 6, "gcppos1": 1, "gcppos2": 2})


def test_table_agrees_with_the_dictionary():
    lines = locate("gs1/gs1-syntax-dictionary.txt").read_text("utf-8").splitlines()
    entries = [line.partition("#")[0].split() for line in lines if line.partition("#")[0].strip()]
    theirs = {code: words[1:] for words in entries for code in codes(words[0])}
    wrong = [code for code, words in theirs.items() if normal(words) != described(identifiers()[code])]
    assert (wrong, set(theirs) ^ set(identifiers())) == ([], set())


def codes(text: str) -> list[str]:
    first, last = text.partition("-")[::2]
    return [f"{number:0{len(first)}d}" for number in range(int(first), int(last or first) + 1)]


def normal(words: list[str]) -> list[str]:
    """An entry of the dictionary with its conditions in alphabetical order."""
    conditions = [word for word in words if re.match("req|ex|dl", word)]
    split = [f"{word.partition('=')[0]}={one}" for word in conditions if not word.startswith("dl")
             for one in word.partition("=")[2].split(",")]
    keys = [word for word in conditions if word.startswith("dl")]
    return [word for word in words if word not in conditions] + sorted(split + keys)


def described(one: Identifier) -> list[str]:
    """An entry of ours in the words of the dictionary."""
    marks = ("*" if one.is_fixed else "") + ("?" if one.is_attribute else "")
    parts = [
        f"{'[' * part.optional}{part.kind}{'..' * (part.shortest < part.longest)}{part.longest}{']' * part.optional}"
        + "".join(f",{check}" for check in part.checks) for part in one.components
    ]  # fmt: skip
    key = "dlpkey=" + "|".join(",".join(way) for way in one.path) if one.path else "dlpkey"
    told = [f"req={'+'.join(way)}" for way in one.needs] + [f"ex={other}" for other in one.never] + [key] * one.is_key
    return [*([marks] if marks else []), *parts, *sorted(told)]
