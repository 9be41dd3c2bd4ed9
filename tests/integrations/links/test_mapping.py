"""Mappings carried out: what goes out comes back the same, what can't be read is told at its place."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from integrations.links import mapping, paths
from integrations.links.mapping import How, Rule, Step
from integrations.links.transforms import CodeList

UNITS = {"UNITS": CodeList({"DOZ": ("pcs", Decimal(12)), "ST": ("pcs", Decimal(1)), "KG": ("kg", Decimal(1))})}
texts = some.text(some.characters(min_codepoint=32, max_codepoint=0x9FFF), max_size=30)
names = some.text(some.characters(categories=["Ll", "Lu"], max_codepoint=0x7A), min_size=1, max_size=8)


def rule(field, path, *steps, **more):
    return Rule(field, path, tuple(Step(*one) for one in steps), **more)


@given(some.dictionaries(names, texts, min_size=1, max_size=6), some.sampled_from(["JSON", "XML", "TABLE"]))
@settings(max_examples=60, deadline=None)
def test_what_goes_out_comes_back_the_same(words, form):
    mark = {"JSON": ".", "XML": "/", "TABLE": "_"}[form]
    words = {name: " ".join(value.split()) or "x" for name, value in words.items()}
    rules = [rule(name, f"Order{mark}{name}") for name in words]
    sent = mapping.outward(rules, words, How(form, root="Message"))
    assert sent.faults == []
    assert mapping.inward(rules, sent.body, How(form)).words == words


@given(some.decimals(-10**9, 10**9, places=3), some.sampled_from([",", "."]))
@settings(max_examples=100, deadline=None)
def test_numbers_keep_their_value_in_every_format(value, mark):
    rules = [rule("quantity", "menge", ("NUMBER", mark))]
    sent = mapping.outward(rules, {"quantity": str(value)}, How())
    assert Decimal(mapping.inward(rules, sent.body, How()).words["quantity"]) == value


@given(some.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2090, 1, 1)),  # noqa: DTZ001 (below)
       some.sampled_from(["iso", "epoch", "epoch_ms", "odata", "%Y%m%d %H%M%S", "%d.%m.%Y %H:%M:%S@Asia/Shanghai"]))
@settings(max_examples=100, deadline=None)
def test_moments_keep_their_second_in_every_format(at, form):
    rules = [rule("due_at", "due", ("DATE", form))]
    at = at.replace(microsecond=0, tzinfo=UTC)
    sent = mapping.outward(rules, {"due_at": at.isoformat()}, How(zone="UTC"))
    back = mapping.inward(rules, sent.body, How(zone="UTC")).words["due_at"]
    assert datetime.fromisoformat(back) == at


def test_quantities_change_with_their_unit_and_codes_with_their_list():
    rules = [rule("quantity", "qty", ("UNIT", "UNITS@uom")), rule("unit", "uom", ("LOOKUP", "UNITS"))]
    found = mapping.inward(rules, b'{"qty": "2.5", "uom": "DOZ"}', How(lists=UNITS))
    assert found.words == {"quantity": "30", "unit": "pcs"}
    out = [rule("quantity", "qty", ("UNIT", "UNITS@unit")), rule("unit", "uom", ("LOOKUP", "UNITS"))]
    sent = mapping.outward(out, {"quantity": "24", "unit": "pcs"}, How(lists=UNITS))
    assert sent.body == b'{"qty": "2", "uom": "DOZ"}'


def test_rows_of_a_list_are_carried_one_by_one():
    number, amount = ("PAD", "18"), ("NUMBER", ",")
    rules = [rule("lines[].material", "$.items[*].matnr", number), rule("lines[].quantity", "items[*].menge", amount)]
    body = b'{"items": [{"matnr": "000000000000004711", "menge": "1.234,5-"}, {"matnr": "X", "menge": "3"}]}'
    found = mapping.inward(rules, body, How())
    assert found.words == {"lines": [{"material": "4711", "quantity": "-1234.5"}, {"material": "X", "quantity": "3"}]}
    back = mapping.outward(rules, found.words, How())
    assert paths.parsed(back.body, "JSON")["items"][0] == {"matnr": "000000000000004711", "menge": "-1234,5"}


def test_xml_is_read_without_its_namespaces():
    head, items = b"<o:Head><o:No>A1</o:No></o:Head>", b"<o:It><q>1</q></o:It><o:It><q>2</q></o:It>"
    body = b'<o:Order xmlns:o="urn:x" id="7">' + head + items + b"</o:Order>"
    rules = [rule("number", "Head/No"), rule("id", "@id"), rule("lines[].q", "It[*]/q"), rule("second", "It[1]/q")]
    found = mapping.inward(rules, body, How("XML"))
    assert found.words == {"number": "A1", "id": "7", "lines": [{"q": "1"}, {"q": "2"}], "second": "2"}


@pytest.mark.parametrize(
    ("one", "body", "words", "fault"),
    [
        (rule("a", "x", required=True), b'{"x": null}', {}, "required"),
        (rule("a", "x", default="7"), b"{}", {"a": "7"}, ""),
        (rule("a", "x", ("NUMBER", ",")), b'{"x": "many"}', {}, "is not a number"),
        (rule("a", "x", ("NUMBER", ","), default="0", on_error="DEFAULT"), b'{"x": "many"}', {"a": "0"}, ""),
        (rule("a", "x", ("NUMBER", ","), on_error="SKIP"), b'{"x": "many"}', {}, ""),
        (rule("a", "x", ("LOOKUP", "NONE")), b'{"x": "1"}', {}, "no code list"),
        (rule("a", "x", ("REGEX", "^A(\\d+)")), b'{"x": "A12"}', {"a": "12"}, ""),
        (rule("a", "x", ("REGEX", "(")), b'{"x": "A12"}', {}, "no pattern"),
        (rule("a", "x[", ), b'{"x": "A12"}', {}, "path"),
        (rule("a", "", ("CONST", "PROD")), b"{}", {"a": "PROD"}, ""),
        (rule("a", "x[k=B].v"), b'{"x": [{"k": "A", "v": 1}, {"k": "B", "v": 2}]}', {"a": 2}, ""),
        (rule("a", "x"), b"<html>", {}, "can't be read"),
        (rule("a", "x"), b'{"x": NaN}', {}, "can't be read"),
    ],
)
def test_each_field_says_what_became_of_it(one, body, words, fault):
    found = mapping.inward([one], body, How())
    assert found.words == words
    assert [fault in str(cell.fault) for cell in found.faults] == ([True] if fault else [])
