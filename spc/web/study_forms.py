"""What people fill in about gauge studies: a design of each kind, one value, a conclusion, why one is given up."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from plant.models import Equipment
from plant.web.forms import CodeField, Form, RowField
from qms.models import Characteristic
from spc.commands.studies import Piece
from spc.gauging import kinds
from spc.models import StudyKind, StudyMethod
from spc.web.forms import validate_slug_or_dot

MOST_LETTERS = {"appraiser": 40, "label": 40, "rating": 40}
SEVERAL = ("appraisers", "trials")
FIELDS: dict[str, tuple[str, ...]] = {
    "crossed": ("parts", *SEVERAL, "method", "alpha", "labels"),
    "nested": ("parts", *SEVERAL, "labels"),
    "attribute": ("parts", *SEVERAL, "ratings", "pieces"),
    "bias": ("reference", "trials", "appraisers", "alpha"),
    "linearity": ("references", "trials", "appraisers", "alpha"),
    "stability": ("occasions", "subgroup", "appraisers"),
    "type-1": ("reference", "trials", "appraisers", "percent", "multiple", "least", "resolution"),
    "iso22514-7": ("parts", *SEVERAL, "labels", "alpha", *kinds.UNCERTAINTIES),
}
COMMON = ("code", "gauge", "characteristic", "equipment")


class CharacteristicField(RowField):
    """What the gauge measures, in the reader's language."""

    def label_from_instance(self, obj: Characteristic) -> str:
        """Code and name."""
        return f"{obj.code} · {obj.title}"


def _amount(label: Any, help_text: Any = "") -> forms.FloatField:
    return forms.FloatField(label=label, help_text=help_text, required=False, min_value=0.0)


class DesignForm(Form):
    """Which gauge, for what, and who measures how many parts how often; only the fields of one kind."""

    code = forms.CharField(label=_("Code"), max_length=80, validators=[validate_slug_or_dot])
    gauge = forms.CharField(
        label=_("Gauge"), max_length=80, help_text=_("Its number, as it stands on the calibration label.")
    )
    characteristic = CharacteristicField(
        label=_("Characteristic"), queryset=Characteristic.objects.none(),
        help_text=_("Its tolerance is what the spread of the gauge is compared with."),
    )
    equipment = RowField(label=_("Place"), queryset=Equipment.objects.none(), to_field_name="code")
    reference = forms.FloatField(label=_("Reference value"), help_text=_("Of the master part, with its certificate."))
    references = forms.CharField(
        label=_("Reference values"), help_text=_("Of five parts or more over the whole range, with blanks between.")
    )
    parts = forms.IntegerField(label=_("Parts"), help_text=_("Chosen over the whole spread of the process."))
    occasions = forms.IntegerField(
        label=_("Occasions"), initial=20, min_value=5, max_value=100,
        help_text=_("How often the master is measured over weeks: 20 or more."),
    )
    subgroup = forms.IntegerField(label=_("Readings an occasion"), initial=5, min_value=1, max_value=25)
    appraisers = forms.CharField(
        label=_("Appraisers"), help_text=_("People who use the gauge, with commas between.")
    )
    trials = forms.IntegerField(label=_("Trials"), help_text=_("How often each part is measured by each of them."))
    ratings = forms.CharField(
        label=_("Ratings"), initial="OK, NG", help_text=_("The words to choose from; the first accepts a part.")
    )
    method = forms.ChoiceField(label=_("Method"), choices=StudyMethod, initial=StudyMethod.ANOVA)
    alpha = forms.FloatField(
        label=_("Level of significance"), initial=0.05, min_value=0.001, max_value=0.5,
        help_text=_("0.05; older texts pool the interaction at 0.25."),
    )
    percent = forms.FloatField(label=_("Percent of the tolerance"), initial=20.0, min_value=1.0, max_value=100.0)
    multiple = forms.FloatField(label=_("Study variation, times s"), initial=6.0, min_value=1.0, max_value=10.0)
    least = forms.FloatField(label=_("Cg and Cgk at least"), initial=1.33, min_value=0.5, max_value=5.0)
    labels = forms.CharField(
        label=_("Part codes"), required=False, widget=forms.Textarea({"rows": 4}),
        help_text=_("One a line, as they stand on the parts, to be scanned; nothing where parts have numbers only."),
    )
    pieces = forms.CharField(
        label=_("Parts and their right ratings"), required=False, widget=forms.Textarea({"rows": 6}),
        help_text=_("One part a line: its code, its right rating, its measured value where there is one."),
    )
    calibration = _amount(_("u of the calibration"), _("Standard uncertainties in the unit of the readings."))
    resolution = _amount(_("Resolution"), _("The least step of the display."))
    bias = _amount(_("Bias"), _("From a bias study."))
    evr = _amount(_("u of repeatability on the standard"), _("s of a type 1 study."))
    linearity = _amount(_("u of the linearity"))
    stability = _amount(_("u of the stability"))
    object = _amount(_("u of parts that are not uniform"))
    temperature = _amount(_("u of the temperature"))
    rest = _amount(_("u of anything else"))
    seed = forms.IntegerField(
        label=_("Seed of the order"), required=False, min_value=0, max_value=kinds.LARGEST_SEED,
        help_text=_("Left empty it is drawn by lot. The same seed gives the same order again."),
    )

    def __init__(self, *args: Any, kind: str = StudyKind.CROSSED, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind, spans = kind, kinds.KINDS[kind]
        shown = (*COMMON, *FIELDS[kind], "seed")
        self.fields = {name: self.fields[name] for name in shown}  # type: ignore[assignment]
        rows = Characteristic.objects.select_related("parameter__unit").order_by("code")
        self.fields["characteristic"].queryset = rows  # type: ignore[attr-defined]
        self.fields["equipment"].queryset = Equipment.objects.filter(active=True)  # type: ignore[attr-defined]
        usual = dict(zip(("parts", "trials"), spans.usual, strict=True))
        for name in usual.keys() & self.fields.keys():
            self.initial.setdefault(name, usual[name])
        if spans.appraisers == kinds.ONE:
            self.fields["appraisers"].label = _("Appraiser")
            self.fields["appraisers"].help_text = _("Who measures.")
        else:
            self.initial.setdefault("appraisers", "A, B, C")

    def field_of(self, facts: dict[str, Any]) -> str | None:
        """The field of this kind that a refusal is about."""
        name = facts.get("field")
        others = {"references": "reference", "pieces": "labels", "trials": "occasions"}
        return name if name in self.fields else others.get(name or "")

    def clean_appraisers(self) -> list[str]:
        """The names; each fits its column."""
        return self._words("appraisers", "appraiser")

    def clean_ratings(self) -> list[str]:
        """Two or more different words."""
        found = self._words("ratings", "rating")
        if len(set(found)) < 2 or len(set(found)) < len(found):
            raise forms.ValidationError(_("Two or more different words, please."))
        return found

    def clean_references(self) -> list[Piece]:
        """The parts by their reference values."""
        words = self.cleaned_data["references"].replace(";", " ").split()
        try:
            found = [Piece(reference=float(word.rstrip(","))) for word in words]
        except ValueError as reason:
            raise forms.ValidationError(_("Numbers with a point and blanks between, please.")) from reason
        if len({piece.reference for piece in found}) < len(found):
            raise forms.ValidationError(_("Say each reference value once."))
        return found

    def clean_labels(self) -> list[Piece]:
        """The codes of the parts."""
        found = [Piece(line.strip()) for line in self.cleaned_data["labels"].splitlines() if line.strip()]
        return _fitting(found)

    def clean_pieces(self) -> list[Piece]:
        """Code, right rating and measured value of each part."""
        found = []
        for number, line in enumerate(self.cleaned_data["pieces"].splitlines(), start=1):
            if not line.strip():
                continue
            label, standard, value, *_rest = [*(cell.strip() for cell in _split(line)), "", ""]
            try:
                found.append(Piece(label, float(value) if value else None, standard))
            except ValueError as reason:
                words = _("Line %(n)s: write code, rating and value; a number with a point.")
                raise forms.ValidationError(words % {"n": number}) from reason
        return _fitting(found)

    def design(self) -> dict[str, Any]:
        """What the command asks for."""
        data = self.cleaned_data
        known = kinds.KINDS[self.kind].settings.keys() | {"resolution"}
        settings = {name: data[name] for name in known if data.get(name) is not None}
        pieces = data.get("references") or data.get("labels") or data.get("pieces") or []
        if data.get("reference") is not None:
            pieces = [Piece(reference=data["reference"])]
        parts = data.get("parts") or len(pieces) or 1
        trials = data["occasions"] * data["subgroup"] if "occasions" in data else data["trials"]
        return {
            **{name: data[name] for name in (*COMMON, "appraisers", "seed")}, "kind": self.kind, "parts": parts,
            "trials": trials, "method": data.get("method", ""), "pieces": pieces, "settings": settings,
        }  # fmt: skip

    def _words(self, name: str, kind: str) -> list[str]:
        text = self.cleaned_data[name]
        for mark in "，、；;":
            text = text.replace(mark, ",")
        found = [word.strip() for word in text.split(",") if word.strip()]
        if any(len(word) > MOST_LETTERS[kind] for word in found):
            raise forms.ValidationError(_("At most %(most)s letters each, please.") % {"most": MOST_LETTERS[kind]})
        return found


class ValueForm(Form):
    """One measurement: a number, or one of the words by which a part is judged."""

    place = forms.IntegerField(widget=forms.HiddenInput)
    correct = forms.BooleanField(required=False, widget=forms.HiddenInput)
    scanned = CodeField(label=_("Part code"), required=False, help_text=_("Scan the code on the part."))
    value = forms.FloatField(
        label=_("Value"), widget=forms.NumberInput({"step": "any", "autofocus": True, "inputmode": "decimal"})
    )

    def __init__(self, *args: Any, ratings: list[str] | None = None, scans: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if ratings:
            self.fields["value"] = forms.ChoiceField(label=_("Rating"), choices=[(word, word) for word in ratings])
        if not scans:
            del self.fields["scanned"]


class ConcludeForm(Form):
    """What follows from the figures."""

    conclusion = forms.CharField(
        label=_("Conclusion"), max_length=4000, required=False, widget=forms.Textarea({"rows": 3}),
        help_text=_("What the gauge may be used for, and what is to be done about it."),
    )


class ReasonForm(Form):
    """Why a study is given up, or sent back."""

    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea({"rows": 2}))


def _split(line: str) -> list[str]:
    return line.split("\t") if "\t" in line else line.replace("，", ",").split(",")


def _fitting(found: list[Piece]) -> list[Piece]:
    if any(len(piece.label) > MOST_LETTERS["label"] or len(piece.standard) > MOST_LETTERS["rating"] for piece in found):
        raise forms.ValidationError(_("At most %(most)s letters each, please.") % {"most": MOST_LETTERS["label"]})
    return found
