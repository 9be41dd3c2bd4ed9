"""What some components must work out before they are drawn: the page's own address, percentages, initials."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from plant.templatetags import zz_states
from plant.templatetags.zz_numbers import num

# What a refusal may point at, in the order in which it is shown.
FACTS = {
    "hold": _("Hold"), "nonconformance": _("NCR"), "lot": _("Lot"),
    "job_order": _("Work order"), "station": _("Station"),
}


def _query(values: dict[str, Any], **changes: Any) -> str:
    """The page's own query string with some parameters changed (None takes one away)."""
    request = values.get("request")
    pairs = [(k, v) for k, v in request.GET.lists()] if request else []
    kept = [(k, v) for k, v in pairs if k not in changes]
    added = [(k, [str(v)]) for k, v in changes.items() if v not in (None, "")]
    return "?" + urlencode(kept + added, doseq=True)


def _prepare_th(values: dict[str, Any]) -> None:
    key = values.get("sort")
    request = values.get("request")
    now = request.GET.get("sort", "") if request else ""
    values["direction"] = {key: "ascending", f"-{key}": "descending"}.get(now, "none") if key else ""
    values["url"] = _query(values, sort=f"-{key}" if now == key else key, cursor=None)


def _prepare_pager(values: dict[str, Any]) -> None:
    for key in ("next", "previous"):
        given = str(values.get(key) or "")
        values[f"{key}_url"] = given if given[:1] in ("?", "/", "") else _query(values, cursor=given)


def _prepare_filter(values: dict[str, Any]) -> None:
    request = values.get("request")
    values["value"] = request.GET.get(values["name"], "") if request else ""


def _prepare_choice(values: dict[str, Any]) -> None:
    _prepare_filter(values)
    values["value"] = values["value"] or values.get("chosen", "")


def _prepare_filters(values: dict[str, Any]) -> None:
    request = values.get("request")
    asked = request.GET if request else {}
    values["q"] = asked.get("q", "")
    values["sort"] = asked.get("sort", "")
    values["is_filtered"] = any(v for k, v in asked.items() if k not in ("sort", "cursor", "page"))
    wanted = [kind for kind in (values.get("exports") or "").split(",") if kind]
    values["exports"] = [(kind.upper(), _query(values, format=kind, cursor=None)) for kind in wanted]


def _prepare_timeline(values: dict[str, Any]) -> None:
    values["rows"] = [zz_states.row(entry) for entry in values.get("entries") or []]


def _prepare_progress(values: dict[str, Any]) -> None:
    top = float(values.get("max") or 0)
    values["parts"], filled = [], 0.0
    for key, tone in (("value", values.get("tone") or "running"), ("scrap", "failed"), ("rework", "warning")):
        amount = float(values.get(key) or 0)
        if amount > 0 and top > 0 and filled < 100:
            percent = min(100.0 - filled, amount / top * 100)
            values["parts"].append({"tone": tone, "start": f"{filled:.2f}", "percent": f"{percent:.2f}"})
            filled += percent
    values["percent"] = round(float(values.get("value") or 0) / top * 100) if top else 0


def _prepare_person(values: dict[str, Any]) -> None:
    name = str(values.get("person") or "")
    latin = [word[0] for word in name.split() if word]
    values["name"] = name
    values["initials"] = ("".join(latin[:2]) if name.isascii() else name[-2:]).upper()


def _prepare_button(values: dict[str, Any]) -> None:
    values["off"] = bool(values.get("disabled") or values.get("why"))
    if values["off"]:
        values |= {"href": "", "post": "", "dialog": "", "attrs": ""}
    values["element"] = "a" if values.get("href") else "button"
    wanted = "submit" if values.get("post") else values.get("type") or "button"
    values["type"] = "button" if values["off"] else wanted


def _prepare_field(values: dict[str, Any]) -> None:
    widget = values["field"].field.widget
    values["is_check"] = getattr(widget, "input_type", "") == "checkbox" and not values["field"].use_fieldset


def _prepare_stat(values: dict[str, Any]) -> None:
    if isinstance(values.get("value"), int | float | Decimal):
        values["value"] = num(values["value"])


def _prepare_lamp(values: dict[str, Any]) -> None:
    values["tone"], values["icon"], values["word"] = zz_states.look(values.get("state"))


def _prepare_refusal(values: dict[str, Any]) -> None:
    facts = getattr(values.get("refusal"), "facts", None) or {}
    values["facts"] = [(word, facts[key]) for key, word in FACTS.items() if facts.get(key)]


def _prepare_worksheet(values: dict[str, Any]) -> None:
    sheet = values["sheet"]
    is_still = bool(sheet.why)

    def cells(row: Any) -> list[tuple[Any, Any, Any]]:
        both = ((column, row["cells"].get(column.key, ""), row["told"].get(column.key, "")) for column in sheet.columns)
        return [(column, column.shown(value) if is_still else value, told) for column, value, told in both]

    blank = {"key": "", "version": 0, "cells": {}, "told": {}, "href": ""}
    values["lines"] = [(row.sent(), cells(row.sent())) for row in sheet.rows]
    values["blank"], values["blank_cells"] = blank, cells(blank)


BY_NAME: dict[str, Callable[[dict[str, Any]], None]] = {
    "lamp": _prepare_lamp,
    "stat": _prepare_stat, "tile": _prepare_stat, "refusal": _prepare_refusal,
    "button": _prepare_button, "field": _prepare_field,
    "th": _prepare_th, "pager": _prepare_pager, "filters": _prepare_filters, "timeline": _prepare_timeline,
    "filter_choice": _prepare_choice, "filter_text": _prepare_filter, "filter_date": _prepare_filter,
    "filter_moment": _prepare_filter,
    "worksheet": _prepare_worksheet, "progress": _prepare_progress, "person": _prepare_person,
}
