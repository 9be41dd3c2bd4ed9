"""Tables of a study that people bring: pasted or from a file, every row either a reading of the study or a fault."""

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plant.console import files
from plant.errors import Refusal
from plant.web.forms import Form
from spc.analyses.files import parsed
from spc.commands.study_readings import Measured, Outcome
from spc.gauging import kinds
from spc.models import Study
from spc.queries import studies

NAMES: dict[str, tuple[str, ...]] = {
    "part": ("part", "parts", "sample", "零件", "部件", "样件", "part code"),
    "reference": ("reference", "ref", "master", "基准值", "参考值"),
    "appraiser": ("appraiser", "operator", "inspector", "who", "评价人", "操作员", "操作者", "测量人"),
    "trial": ("trial", "replicate", "repeat", "试验", "次数", "重复", "第几次"),
    "value": ("value", "reading", "measurement", "result", "x", "数值", "测量值", "值", "读数"),
    "rating": ("rating", "judgement", "response", "评定", "判定", "结果"),
}
NUMBERED = re.compile(r"(?:x|trial|试验|第)?[ _]?(\d{1,3})次?", re.IGNORECASE)
MOST_FAULTS = 20
HEADLESS = ("part", "appraiser", "trial", "value")  # of a table without a line of names, shortened from the left


@dataclass
class Brought:
    """The readings of a table, and what is wrong with each line that is none."""

    rows: list[Measured] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


class PasteForm(Form):
    """Many measurements, copied from a spreadsheet or in a file; what was sent stays in the form until it is right."""

    file = forms.FileField(label=gettext_lazy("File"), required=False, help_text=gettext_lazy("CSV or Excel (.xlsx)."))
    rows = forms.CharField(
        label=gettext_lazy("Table"), required=False, widget=forms.Textarea({"rows": 14, "spellcheck": "false"}),
        help_text=gettext_lazy("The first line may name the columns; columns 1, 2, 3 are trials beside one another."),
    )

    def __init__(self, data: Any = None, *args: Any, study: Study, **kwargs: Any) -> None:
        super().__init__(data.copy() if data is not None else None, *args, **kwargs)
        self.study, self.brought = study, Brought()

    def clean(self) -> dict[str, Any]:
        """Read the table; a file's lines stand in the field from now on, so that they can be put right there."""
        found = super().clean() or {}
        sent = found.get("file")
        if sent is not None:
            try:
                found["rows"] = self.data["rows"] = text_of(files.read(sent.name, sent.read()))
            except Refusal as refusal:
                self.add_error("file", str(refusal))
                return found
        self.brought = read(self.study, found.get("rows", ""))
        for fault in self.brought.faults[:MOST_FAULTS]:
            self.add_error("rows", fault)
        if not self.brought.rows and not self.errors:
            self.add_error("rows", _("Paste a table or choose a file."))
        return found


def text_of(table: files.Table) -> str:
    """A file's rows as lines with tabs."""
    lines = [table.headings, *([line.cells.get(name, "") for name in table.headings] for line in table.lines)]
    return "\n".join("\t".join(cells) for cells in lines)


def read(study: Study, text: str) -> Brought:
    """Every line of a table as a reading, or as a fault that names the line."""
    lines = [(n, cells) for n, cells in enumerate(_lines(text), start=1) if any(cells)]
    if not lines:
        return Brought()
    head = _head(lines[0][1])
    if head:
        lines = lines[1:]
    else:
        width = max(len(cells) for _n, cells in lines)
        head = {name: place for place, name in enumerate(HEADLESS[-width:])}
    return _Reader(study, head).read(lines)


def _lines(text: str) -> list[list[str]]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    mark = max("\t;,", key=first.count)
    return [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text), delimiter=mark)]


def _head(cells: Sequence[str]) -> dict[str, int]:
    """Where which column stands: names, and `1`, `2` … of trials beside one another; empty for a line of readings."""
    words = [cell.casefold() for cell in cells]
    found = {name: words.index(word) for name, known in NAMES.items() for word in known if word in words}
    if not found and not any(word.startswith("x") for word in words):
        return {}
    for place, word in enumerate(words):
        if place not in found.values() and (numbered := NUMBERED.fullmatch(word)):
            found[numbered[1]] = place
    return found


class _Reader:
    """Reads lines by the head of their table, and keeps what is wrong."""

    def __init__(self, study: Study, head: dict[str, int]) -> None:
        self.study, self.head, self.parts = study, head, studies.parts(study)
        self.kind = kinds.KINDS[study.kind]
        self.by_label = {str(part).casefold(): number for number, part in self.parts.items()}
        known = {number: part.reference for number, part in self.parts.items()}
        self.by_reference = {reference: number for number, reference in known.items() if reference is not None}
        self.cells = set(study.readings.values_list("part", "appraiser", "trial"))
        self.turns: Counter[tuple[int, str]] = Counter()
        self.seen: set[tuple[int, str, int]] = set()
        self.found = Brought()

    def read(self, lines: Sequence[tuple[int, list[str]]]) -> Brought:
        wide = [(name, place) for name, place in self.head.items() if name.isdecimal()]
        if not wide and "value" not in self.head and "rating" not in self.head:
            self.found.faults.append(_("There is no column of values. Name one “value”."))
            return self.found
        for number, cells in lines:
            try:
                part, who = self._part(cells), self._who(cells)
                for name, place in wide or [("", -1)]:
                    self._take(part, who, self._trial(cells, part, who, name), self._value(cells, place))
            except ValueError as fault:
                self.found.faults.append(_("Line %(n)s: %(fault)s") % {"n": number, "fault": fault})
        return self.found

    def _cell(self, cells: Sequence[str], name: str) -> str:
        place = self.head.get(name, -1)
        return cells[place] if 0 <= place < len(cells) else ""

    def _part(self, cells: Sequence[str]) -> int:
        if "reference" in self.head and "part" not in self.head and self.kind.references:
            said = self._cell(cells, "reference")
            return self._named(self.by_reference, parsed(said), said)
        said = self._cell(cells, "part")
        if not said and len(self.parts) == 1:
            return 1
        return self._named(self.by_label, said.casefold(), said)

    def _named(self, known: dict[Any, int], wanted: Any, said: str) -> int:
        if wanted not in known:
            raise ValueError(_("the study has no part “%(part)s”.") % {"part": said})
        return known[wanted]

    def _who(self, cells: Sequence[str]) -> str:
        said = self._cell(cells, "appraiser")
        if not said and len(self.study.appraisers) == 1:
            return str(self.study.appraisers[0])
        known = {str(who).casefold(): str(who) for who in self.study.appraisers}
        if said.casefold() not in known:
            raise ValueError(_("the study has no appraiser “%(who)s”.") % {"who": said})
        return known[said.casefold()]

    def _trial(self, cells: Sequence[str], part: int, who: str, column: str) -> int:
        """By its column, by what the line says, or by its turn."""
        said = self._cell(cells, "trial")
        self.turns[part, who] += 1
        if column and len(self.parts) > 1:
            return int(column)
        if column or not said:
            return self.turns[part, who]
        if not said.isdecimal():
            raise ValueError(_("“%(trial)s” is no trial; write 1, 2, 3.") % {"trial": said})
        return int(said)

    def _value(self, cells: Sequence[str], place: int) -> Outcome:
        names: tuple[str, ...] = ("rating", "value") if self.kind.rated else ("value", "rating")
        said = cells[place] if 0 <= place < len(cells) else next(
            (self._cell(cells, name) for name in names if name in self.head), "")
        if self.kind.rated:
            return self._rating(said)
        value = parsed(said)
        if value is None:
            raise ValueError(_("“%(value)s” is no number; write it with a point.") % {"value": said})
        return value

    def _rating(self, said: str) -> str:
        known = {str(word).casefold(): str(word) for word in self.study.settings["ratings"]}
        if said.casefold() not in known:
            raise ValueError(_("“%(word)s” is none of %(ratings)s.") % {
                "word": said, "ratings": ", ".join(self.study.settings["ratings"])})  # fmt: skip
        return known[said.casefold()]

    def _take(self, part: int, who: str, trial: int, value: Outcome) -> None:
        cell = (part, who, trial)
        words = {"part": self.parts[part], "who": who, "trial": trial}
        if cell not in self.cells:
            raise ValueError(_("part %(part)s, appraiser %(who)s has no trial %(trial)s.") % words)
        if cell in self.seen:
            raise ValueError(_("part %(part)s, appraiser %(who)s, trial %(trial)s is told twice.") % words)
        self.seen.add(cell)
        self.found.rows.append(Measured(*cell, value))
