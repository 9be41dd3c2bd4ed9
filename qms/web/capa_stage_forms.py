"""What a team fills in about the stages of an 8D: what each says, its people, comparisons, whys and causes."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from plant.web.forms import EditForm, Form, RowField
from qms.models import Aspect, Bone, CapaWhy, CauseVerdict, CorrectiveAction, TeamRole, WhyTrack
from qms.queries import eight_d
from qms.web.forms import PersonField

PARTS = (("is_so", _("Is")), ("is_not", _("Is not")), ("difference", _("What is different")))


class RootCauseForm(EditForm):
    """Why it happened."""

    root_cause = forms.CharField(
        label=_("Root cause"), widget=forms.Textarea({"rows": 4}),
        help_text=_("Ask why until the answer is something you can change."),
    )

    @classmethod
    def of(cls, capa: CorrectiveAction, data: Any = None, **more: Any) -> "RootCauseForm":
        """The form over a CAPA as it stands."""
        return cls(data, standing={"root_cause": capa.root_cause}, subject=capa, **more)


class TextForm(EditForm):
    """What a stage says."""

    text = forms.CharField(label=_("What was found or decided"), widget=forms.Textarea({"rows": 6}))

    @classmethod
    def of(cls, capa: CorrectiveAction, code: str, data: Any = None, **more: Any) -> "TextForm":
        """The form over a stage as it stands."""
        stage = capa.stages.filter(code=code).first()
        text = eight_d.text_of(capa, stage) if stage else ""
        return cls(data, standing={"text": text}, subject=capa, **more)


class MemberForm(Form):
    """Somebody for the team."""

    person = PersonField(label=_("Person"))
    role = forms.ChoiceField(label=_("Role in the team"), choices=TeamRole, initial=TeamRole.MEMBER)
    task = forms.CharField(label=_("Task or field"), required=False, max_length=120)


class CompareForm(EditForm):
    """Is and is not, a line for each aspect."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for aspect, word in Aspect.choices:
            for part, label in PARTS:
                area = forms.Textarea({"rows": 2, "aria-label": f"{word}: {label}"})
                self.fields[f"{aspect}-{part}"] = forms.CharField(
                    label=f"{word}: {label}", required=False, max_length=300, widget=area
                )

    @classmethod
    def of(cls, capa: CorrectiveAction, data: Any = None, **more: Any) -> "CompareForm":
        """The form over the table as it stands."""
        rows = {row.aspect: row for row in capa.comparisons.all()}
        standing = {
            f"{aspect}-{part}": getattr(rows[aspect], part) if aspect in rows else ""
            for aspect in Aspect.values for part, _label in PARTS
        }
        return cls(data, standing=standing, subject=capa, **more)

    def lines(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The table: an aspect's word and its three fields."""
        return [(word, [self[f"{aspect}-{part}"] for part, _label in PARTS]) for aspect, word in Aspect.choices]

    def asked(self, data: dict[str, str]) -> dict[str, tuple[str, str, str]]:
        """What was entered, by aspect."""
        return {
            aspect: (data[f"{aspect}-is_so"], data[f"{aspect}-is_not"], data[f"{aspect}-difference"])
            for aspect in Aspect.values
        }


class WhyForm(Form):
    """An answer to a why."""

    parent = RowField(label=_("Answers"), required=False, queryset=CapaWhy.objects.none())
    track = forms.ChoiceField(label=_("Question"), choices=WhyTrack, initial=WhyTrack.OCCURRENCE)
    text = forms.CharField(label=_("Because"), max_length=300, widget=forms.Textarea({"rows": 2}))
    proof = forms.CharField(label=_("How it was proved"), required=False, max_length=300)
    is_root = forms.BooleanField(label=_("This is a root cause"), required=False)

    def __init__(self, *args: Any, capa: CorrectiveAction, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["parent"]
        field.queryset = CapaWhy.objects.filter(capa=capa)  # type: ignore[attr-defined]
        field.empty_label = gettext("The problem itself")  # type: ignore[attr-defined]


class CauseForm(Form):
    """A possible cause."""

    bone = forms.ChoiceField(label=_("Bone"), choices=Bone)
    text = forms.CharField(label=_("Possible cause"), max_length=200)


class JudgeForm(Form):
    """Whether a possible cause is one."""

    verdict = forms.ChoiceField(label=_("Verdict"), choices=CauseVerdict)
    proof = forms.CharField(label=_("How it was proved"), required=False, max_length=300)
