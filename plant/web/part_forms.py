"""A list of parts as a field of a form: each part is a card of fields, and an empty card at the end takes one more."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as now

from plant.web.written import Written

MOST = 200  # cards that are read, whatever is posted
GONE = "gone_part"
NEEDED = object()  # what the usual value is of a field that has none

Fields = Callable[[], dict[str, forms.Field]]
Check = Callable[[dict[str, Any]], Mapping[str, list[str]]]


def stand(form: forms.BaseForm, standing: Mapping[str, Any], prefix: str = "") -> None:
    """Show in a form what stands."""
    for key, field in form.fields.items():
        name = key.removeprefix(prefix)
        if not key.startswith(prefix) or name not in standing:
            continue
        value = standing[name]
        if isinstance(field, PartsField):
            field.standing = value
        form.initial[key] = field.write(value) if isinstance(field, Written) and value is not None else value


def kept(
    fields: Mapping[str, forms.Field], said: Mapping[str, Any], standing: Mapping[str, Any],
) -> dict[str, Any]:
    """What is stored of what was said: a usual value that did not stand there is not written down."""
    found = {name: value for name, value in standing.items() if name not in fields}
    for name, field in fields.items():
        value = said.get(name)
        if name not in said or (value is None and standing.get(name, "") is not None):
            continue
        if name in standing or value != getattr(field, "usual", NEEDED):
            found[name] = value
    return found


class PartForm(forms.Form):
    """One part. Where nothing was filled in there is none."""

    def __init__(self, parts: "PartsField", standing: Any = None, **kwargs: Any) -> None:
        super().__init__(empty_permitted=True, use_required_attribute=False, **kwargs)
        self.parts, self.standing = parts, standing if isinstance(standing, dict) else {}
        self.fields = parts.fields()
        if self.is_bound:
            for name, field in self.fields.items():
                if isinstance(field, PartsField):
                    field.standing = self.standing.get(name)
        else:
            stand(self, self.standing)

    @property
    def is_gone(self) -> bool:
        """Whether it is to be taken away."""
        return self.is_bound and self.add_prefix(GONE) in self.data

    @property
    def is_said(self) -> bool:
        """Whether it is a part at all."""
        return not self.is_gone and self.has_changed()

    def full_clean(self) -> None:
        """Look for faults; what is to be taken away has none."""
        super().full_clean()
        if self.is_gone:
            self._errors = ErrorDict()

    def clean(self) -> dict[str, Any]:
        """Ask what the whole part must keep to, each fault at its field."""
        self.kept = kept(self.fields, self.cleaned_data, self.standing)
        for name, texts in self.parts.check(self.kept).items():
            if name not in self.fields:
                self.add_error(None, texts)  # type: ignore[arg-type]
            elif name not in self.errors:
                self.add_error(name, texts)  # type: ignore[arg-type]
        return self.cleaned_data

    def title(self) -> str:
        """What it is about: its first field that is needed, in words."""
        needed = [name for name, field in self.fields.items() if field.required] or list(self.fields)
        field = self[needed[0]]
        value = str(field.value() or "")
        words = {str(key): str(word) for key, word in getattr(field.field, "choices", [])}
        return words.get(value, value)

    def sides(self) -> tuple[list[forms.BoundField], list[forms.BoundField]]:
        """The fields of every day, and the rest."""
        first = [one for one in self if getattr(one.field, "is_first", True)]
        return first, [one for one in self if not getattr(one.field, "is_first", True)]


class PartsWidget(forms.Widget):
    """Cards, one below another."""

    use_fieldset = True
    parts: "PartsField"

    def id_for_label(self, id_: str | None) -> str:
        return ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[PartForm]:
        """What was posted, each part as its form."""
        numbers = re.compile(re.escape(name) + r"-(\d{1,4})-")
        posted = sorted({int(found[1]) for key in data if (found := numbers.match(key))})
        return [self.parts.part(name, number, data) for number in posted[:MOST]]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return not self.value_from_datadict(data, files, name)

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Every part, and room for one more."""
        parts = self.parts
        shown = [one for one in value or [] if isinstance(one, PartForm)]
        if not shown:
            standing = [value] if isinstance(value, dict) else value if isinstance(value, list) else []
            shown = [parts.part(name, number) for number in range(len(standing))]
        following = max((int(str(one.prefix).rpartition("-")[2]) for one in shown), default=-1) + 1
        shown = [one for one in shown if not one.is_bound or one.is_gone or one.has_changed()]
        mark = f"__{parts.depth}__"
        context = {
            "cards": [self._card(one, place + 1) for place, one in enumerate(shown)], "parts": parts, "name": name,
            "following": following, "mark": mark, "is_open": not (parts.single and shown),
            "empty": self._card(PartForm(parts, prefix=f"{name}-{following}"), 0),
            "blank": None if parts.single else self._card(PartForm(parts, prefix=f"{name}-{mark}"), 0),
        }
        return SafeString(render_to_string("components/part_cards.html", context))

    def _card(self, form: PartForm, place: int) -> dict[str, Any]:
        first, rest = form.sides()
        title = form.title() if place else ""
        return {
            "form": form, "place": "" if self.parts.single else place, "title": title, "first": first, "rest": rest,
            "gone": form.add_prefix(GONE), "is_gone": form.is_gone, "is_new": not place,
            "is_open": form.is_bound and any(one.errors for one in rest) and not form.is_gone,
        }


class PartsField(forms.Field):
    """Parts, each a table of words that `check` agrees to; `single` where there is one at most."""

    widget = PartsWidget

    def __init__(
        self, *, fields: Fields, check: Check = lambda said: {}, single: bool = False, depth: int = 0,
        intro: Any = "", **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.fields, self.check, self.single, self.depth, self.intro = fields, check, single, depth, intro
        self.standing: Any = None
        self.widget.parts = self  # type: ignore[attr-defined]

    def __deepcopy__(self, memo: Any) -> "PartsField":
        copied: PartsField = super().__deepcopy__(memo)
        copied.widget.parts = copied  # type: ignore[attr-defined]
        return copied

    def part(self, name: str, number: int, data: Any = None) -> PartForm:
        """One part: of what was posted, or of what stands."""
        rows = self.standing if isinstance(self.standing, list) else [self.standing]
        standing = rows[number] if number < len(rows) else None
        return PartForm(self, standing, data=data, prefix=f"{name}-{number}")

    def has_changed(self, initial: Any, data: Any) -> bool:
        return any(one.is_said for one in data or [])

    def clean(self, value: Any) -> Any:
        said = [one for one in value or [] if one.is_said]
        if any(one.errors for one in said):
            raise forms.ValidationError(now("Not all of it is right: see what is marked."))
        found = [one.kept for one in said]
        return found if not self.single else found[0] if found else None


def faults(form: forms.BaseForm) -> Iterator[tuple[str, Any]]:
    """What is wrong within the parts of a form, by the names of their fields."""
    for name, field in form.fields.items():
        if isinstance(field, PartsField):
            for part in form[name].data or []:
                if part.is_said:
                    yield from ((part.add_prefix(key), texts) for key, texts in part.errors.items())
                    yield from faults(part)
