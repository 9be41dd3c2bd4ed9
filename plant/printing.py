"""A record on paper: what stands on the sheet as data, set as PDF/A with Chinese fonts."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path

import pylopdf_fonts_zh_cn
import typst
from django.conf import settings
from django.db import models
from django.utils.formats import date_format, number_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from plant.models.naming import TwoNames

FONTS = Path(pylopdf_fonts_zh_cn.__file__).parent
TEMPLATE = Path(settings.BASE_DIR) / "templates" / "print" / "sheet.typ"
LONGEST_CELL = 2000
MOST_ROWS = 2000  # of a long table on paper; the workbook holds all


class Rows:
    """Rows of a table that are read while they are written, each time anew: nobody has to hold them all."""

    def __init__(self, make: Callable[[], Iterator[Sequence[str]]]) -> None:
        self._make = make

    def __iter__(self) -> Iterator[Sequence[str]]:
        return self._make()


@dataclass(frozen=True, slots=True)
class Table:
    """A titled table; `numeric` names the columns (from 0) that stand to the right, `note` stands below it."""

    title: str
    columns: Sequence[str]
    rows: Iterable[Sequence[str]]
    numeric: Sequence[int] = ()
    note: str = ""

    def held(self) -> "Table":
        """With all its rows in hand."""
        return replace(self, rows=list(self.rows))

    def on_paper(self) -> "Table":
        """The same, but of rows that are read while they are written only the first; it says so."""
        if not isinstance(self.rows, Rows):
            return self
        rows = list(islice(self.rows, MOST_ROWS + 1))
        note = _("Only the first %(most)s rows. The Excel file holds all of them.") % {"most": MOST_ROWS}
        return replace(self, rows=rows[:MOST_ROWS], note=note if len(rows) > MOST_ROWS else "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A record: what it is, its facts, paragraphs under headings, tables, who signed (person, meaning, moment).

    `code` is an SVG drawing of the code that leads back to the record's page; `pictures` are SVG drawings with their
    titles, two a row, `drawings` the same over the whole width; `to_sign` says who is to sign at the foot.
    """

    kind: str
    number: str
    title: str
    state: str = ""
    facts: Sequence[tuple[str, str]] = ()
    texts: Sequence[tuple[str, str]] = ()
    tables: Sequence[Table] = ()
    signatures: Sequence[tuple[str, str, str]] = ()
    code: str = ""
    pictures: Sequence[tuple[str, str]] = ()
    drawings: Sequence[tuple[str, str]] = ()
    to_sign: Sequence[str] = ()


def text(value: object) -> str:
    """A value as it stands on paper: times in the plant's zone, names in the reader's language, nothing as a dash."""
    if value in (None, ""):
        return "–"
    if isinstance(value, TwoNames):
        return f"{value.code} {value.title}"
    if isinstance(value, datetime):
        return date_format(localtime(value), "Y-m-d H:i")
    return str(value)[:LONGEST_CELL]


def amount(quantity: Decimal) -> str:
    """A quantity without zeros that say nothing, grouped as the reader's language does."""
    return number_format(quantity.normalize() if quantity % 1 else int(quantity), use_l10n=True, force_grouping=True)


def facts_of(row: models.Model, names: Sequence[str]) -> list[tuple[str, str]]:
    """Fields of a record under their own names; what is empty is left out."""
    found = []
    for name in names:
        choice = getattr(row, f"get_{name}_display", None)
        value = choice() if choice else getattr(row, name)
        if value not in (None, ""):
            field = row._meta.get_field(name)
            found.append((str(capfirst(getattr(field, "verbose_name", name))), text(value)))
    return found


def gathered(seconds: float | None) -> str:
    """How long it took to put a record together, for whoever must show it in time."""
    if seconds is None:
        return ""
    return " · " + _("gathered in %(seconds)s s") % {"seconds": number_format(seconds, 2)}


def pdf(sheet: Sheet, *, printed_by: str, printed_at: str, gathered_s: float | None = None) -> bytes:
    """The sheet as PDF/A-2b. What people wrote goes in as data and is never read as markup."""
    words = {
        "printed": _("Printed by %(person)s, %(at)s") % {"person": printed_by, "at": printed_at} + gathered(gathered_s),
        "signatures": _("Signatures"), "date": _("Date"), "nothing": _("Nothing."),
        "lang": (get_language() or "en").split("-")[0], "brand": _("Zhizao"),
    }
    held = replace(sheet, tables=[table.on_paper() for table in sheet.tables])
    data = json.dumps({"sheet": asdict(held), "words": words}, ensure_ascii=False, default=str)
    return typst.compile(
        TEMPLATE, font_paths=[FONTS], ignore_system_fonts=True, sys_inputs={"data": data}, format="pdf",
        pdf_standards=["a-2b"],
    )
