"""What every form is made of: checked while it is filled in, codes to scan, nothing overwritten unseen."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.core.signing import BadSignature, Signer
from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from plant import scoping
from plant.locks import lock
from plant.queries import journal
from plant.queries.search import clean
from plant.transactions import command
from plant.web import checking, part_forms
from plant.web.acting import valid


class CodeInput(forms.TextInput):
    """A field that a scanner fills: the code replaces what stood there."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        quiet = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        super().__init__({"data-code": "", **quiet, **(attrs or {})})


class CodeField(forms.CharField):
    """A number or code, typed or scanned; what can't be seen is taken away."""

    widget = CodeInput

    def to_python(self, value: Any) -> str:
        return clean(super().to_python(value) or "")


class Within:
    """A field that looks rows up: it knows who fills in its form, and finds only what they reach."""

    by: Any = None

    def get_bound_field(self, form: Any, field_name: str) -> Any:
        """Cleaning and drawing both begin here, so nothing is looked up for nobody."""
        if form.by is None:
            raise TypeError(f"Say by= to {type(form).__name__}: {field_name} finds what that person reaches.")
        self.by = form.by
        return super().get_bound_field(form, field_name)  # type: ignore[misc]


class NumbersField(Within, forms.CharField):
    """Several rows by their numbers, as scanned or pasted: lines, blanks and commas part them."""

    rows: QuerySet[Any]
    missing: str | Promise
    most = 200

    def number(self, word: str) -> str:
        """The number that a word stands for."""
        return word

    def clean(self, value: Any) -> list[Any]:
        """Find every row, in the order of their numbers, or say which numbers are none."""
        words = dict.fromkeys(str(super().clean(value)).replace(",", " ").split())
        numbers = list(dict.fromkeys(map(self.number, words)))[: self.most]
        found = {row.number: row for row in scoping.visible(self.rows.filter(number__in=numbers), self.by)}
        if missing := [number for number in numbers if number not in found]:
            raise forms.ValidationError(str(self.missing) % {"numbers": ", ".join(missing[:5])})
        return [found[number] for number in numbers]


class RowField(Within, forms.ModelChoiceField):
    """One of the rows that whoever fills in the form reaches; a posted row of elsewhere is none of the choices."""

    def get_bound_field(self, form: Any, field_name: str) -> Any:
        """Offer the rows anew, now that it is known to whom."""
        bound = super().get_bound_field(form, field_name)
        self.queryset = self._queryset
        return bound

    def __deepcopy__(self, memo: Any) -> "RowField":
        copied: RowField = super().__deepcopy__(memo)
        copied.queryset = self._queryset
        return copied

    def _within(self) -> Any:
        return scoping.visible(self._queryset, self.by)

    queryset = property(_within, forms.ModelChoiceField._set_queryset)


class RowsField(RowField, forms.ModelMultipleChoiceField):
    """Several of the rows that whoever fills in the form reaches."""


class Form(forms.Form):
    """A form that tells its faults field by field while it is filled in; `by` is who fills it in."""

    is_checked = True

    def __init__(self, *args: Any, by: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def full_clean(self) -> None:
        """Clean; when the page only asks what is wrong, answer that and go no further."""
        super().full_clean()
        if self.is_bound:
            checking.answer({**self.errors, **dict(part_forms.faults(self))})


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that somebody else changed meanwhile."""

    name: str
    label: Any
    theirs: Any
    yours: Any
    is_mine_untouched: bool


class EditForm(Form):
    """A form over values that stand already: it remembers which ones were seen, and shows what changed meanwhile."""

    def __init__(self, *args: Any, standing: Mapping[str, Any], subject: Model, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {**standing, **kwargs.get("initial", {})}})
        self.subject = subject
        self.standing = {name: _text(value) for name, value in standing.items()}
        self.conflicts: list[Difference] = []
        self.changed_by: Any = None
        self.fields["version"] = forms.CharField(required=False, widget=forms.HiddenInput)
        self.initial["version"] = token(self.standing)

    def clean(self) -> dict[str, Any]:
        """Take what the person chose between theirs and yours; refuse while there is something to choose."""
        data = super().clean() or {}
        data.pop("version", None)
        self._take(data)
        seen = read(self.data.get(self.add_prefix("version"), ""))
        changed = [name for name, value in self.standing.items() if seen.get(name) != fingerprint(value)]
        self.conflicts = [
            Difference(*self._both(name), fingerprint(self._posted(name)) == seen.get(name))
            for name in changed
            if self._posted(name) != self.standing[name]
        ]
        if self.conflicts:
            self.changed_by = next(iter(journal.timeline(self.subject)), None)
            self.data = {**self.data.dict(), self.add_prefix("version"): token(self.standing)}
            self.add_error(None, _("Somebody changed this while you had it open."))
        return data

    def _take(self, data: dict[str, Any]) -> None:
        asked = self.data.getlist("choose") if hasattr(self.data, "getlist") else []
        for name in [name for name in asked if name in self.standing]:
            taken = self.data.get(f"take-{name}")
            if taken == "theirs":
                data[name] = self.fields[name].clean(self.standing[name])
            elif taken != "yours":
                self.add_error(name, _("Choose which value shall stand."))

    def _posted(self, name: str) -> str:
        return _text(self.data.get(self.add_prefix(name), ""))

    def _both(self, name: str) -> tuple[str, Any, Any, Any]:
        field = self.fields[name]
        words = {str(key): label for key, label in getattr(field, "choices", [])}
        theirs, yours = self.standing[name], self._posted(name)
        return name, field.label, words.get(theirs, theirs), words.get(yours, yours)


def token(standing: Mapping[str, Any]) -> str:
    """The values that a page shows, as a text that only this plant can have written."""
    return Signer(salt="seen").sign(json.dumps({name: fingerprint(value) for name, value in standing.items()}))


def read(text: str) -> dict[str, str]:
    """What a page showed; nothing when the text is not ours, so that everything counts as changed."""
    try:
        found: dict[str, str] = json.loads(Signer(salt="seen").unsign(text))
    except (BadSignature, ValueError):
        return {}
    return found


def fingerprint(value: Any) -> str:
    """A value in few letters."""
    return hashlib.blake2s(json.dumps(_text(value), cls=DjangoJSONEncoder).encode(), digest_size=12).hexdigest()


def _text(value: Any) -> str:
    return str("" if value is None else value).replace("\r\n", "\n").strip()


@command
def edit(rows: Any, form: Callable[[Any], EditForm], act: Callable[[Any, dict[str, Any]], Any]) -> None:
    """Lock what is edited, look whether it still stands as the person saw it, and only then act."""
    row = lock(rows)[0]
    act(row, valid(form(row)))
