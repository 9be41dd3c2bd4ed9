"""GS1 data against the vectors of GS1's own engine; identifiers that a plant never meets are left out."""

import re

import pytest

from mes import gs1
from tests.conformance import load


def vectors(kind: str) -> list[dict]:
    return load("gs1/vectors_syntax_engine")["vectors"][kind]


def known(codes: list[str]) -> bool:
    return all(code in gs1.identifiers() for code in codes)


def test_element_string_agrees_with_gs1_engine():
    wrong = []
    for case in vectors("process_unbracketed_ai"):
        text = case["ai_unbracketed"]
        if not text.startswith("^") or re.match(r"\^(4?423|8001|7007)", text):
            continue
        wrong += [case] if accepts(gs1.element_string, text[1:].replace("^", gs1.GS)) != case["ok"] else []
    assert wrong == []


def test_bracketed_agrees_with_gs1_engine():
    cases = [case for case in vectors("parse_bracketed_ai") if not re.search("inbuf|3900", case["bracketed"])]
    wrong = [case for case in cases if accepts(gs1.bracketed, case["bracketed"]) != case["ok"]]
    assert wrong == []


def test_digital_link_agrees_with_gs1_engine():
    wrong = []
    cases = vectors("parse_digital_link")
    needs_a_flag = {case["uri"] for case in cases if not case["ok"]} & {case["uri"] for case in cases if case["ok"]}
    for case in cases:
        if case["uri"] in needs_a_flag or re.search("392", case["uri"]):
            continue
        expected = gs1.element_string(case["ai_unbracketed"][1:].replace("^", gs1.GS)) if case["ok"] else None
        if read(gs1.digital_link, case["uri"]) != expected:
            wrong.append((case, read(gs1.digital_link, case["uri"])))
    assert wrong == []


@pytest.mark.parametrize(("linter", "check"), [
    ("csum", "csum"), ("yymmd0", "yymmd0"), ("yymmdd", "yymmdd"), ("hhmi", "hhmi"), ("hh", "hh"), ("mi", "mi"),
])
def test_checks_agree_with_gs1_linters(linter, check):
    lengths = {"csum": 8, "yymmd0": 6, "yymmdd": 6, "hhmi": 4, "hh": 2, "mi": 2}
    cases = [case for case in load("gs1/vectors_linters")["linters"][linter] if fits(case["data"], lengths[check])]
    wrong = [case for case in cases if gs1.CHECKS[check](case["data"]) != case["ok"]]
    assert wrong == []


def test_csum_of_every_table_entry_is_checked():
    cases = [case for case in vectors("linters") if known(re.findall(r"\((\d+)\)", case["bracketed"]))]
    wrong = [case for case in cases if accepts(gs1.bracketed, case["bracketed"]) != (case["error"] is None)]
    assert [case["error"] for case in wrong] == []


def fits(data: str, length: int) -> bool:
    return data.isascii() and data.isdigit() and (len(data) == length or (length == 8 and len(data) > 2))


def read(parse, text: str) -> dict | None:
    try:
        return parse(text)
    except gs1.Gs1Error:
        return None


def accepts(parse, text: str) -> bool:
    return read(parse, text) is not None
