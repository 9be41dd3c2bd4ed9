"""The console's page for people: roles, badge, PIN and password, and never one's own rights."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminPasswordWidget,
    UnfoldAdminSelectWidget,
    UnfoldBooleanWidget,
)

from plant import pins
from plant.commands import identities, persons, second_factors
from plant.errors import Refusal
from plant.models import OutsideIdentity, Person, PersonKind, PersonPlace, PersonQualification, Role, SecondFactor
from plant.web.console import MasterAdmin, MasterInline, differences
from plant.web.console_seen import Seen

# What somebody proves themselves with that an administrator can take away, and the rows where it stands.
LET_GO = {
    "forget_app": lambda person: SecondFactor.objects.filter(person=person),
    "forget_identity": lambda person: OutsideIdentity.objects.filter(person=person),
}


class PersonForm(Seen, forms.ModelForm):
    """A person with roles as boxes; secrets can be set and never read."""

    beside: ClassVar = {"role_names": lambda person: sorted(person.roles)}
    role_names = forms.MultipleChoiceField(
        label=_("roles"), choices=Role.choices, required=False, widget=UnfoldAdminCheckboxSelectMultipleWidget
    )
    language = forms.ChoiceField(label=_("language"), choices=settings.LANGUAGES, widget=UnfoldAdminSelectWidget)
    new_pin = forms.CharField(
        label=_("new PIN"), required=False,
        widget=UnfoldAdminPasswordWidget({"autocomplete": "off", "inputmode": "numeric"}),
        help_text=_("6 to 12 digits; empty leaves it as it is."),
    )
    new_password = forms.CharField(
        label=_("new password"), required=False, widget=UnfoldAdminPasswordWidget({"autocomplete": "new-password"}),
        help_text=_("12 characters or more; empty leaves it as it is."),
    )
    forget_app = forms.BooleanField(
        label=_("let the authenticator app go"), required=False, widget=UnfoldBooleanWidget,
        help_text=_("The phone is lost: a new app is set up at the next sign-in."),
    )
    forget_identity = forms.BooleanField(
        label=_("let the company account go"), required=False, widget=UnfoldBooleanWidget,
        help_text=_("The next company account that comes with this staff number is linked."),
    )

    class Meta:
        model = Person
        fields = ("number", "name", "site", "partner", "language", "is_active", "badge")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "role_names" in self.fields:
            self.fields["role_names"].initial = sorted(self.instance.roles)

    def clean_badge(self) -> str | None:
        """A badge belongs to one person; none is no badge."""
        return (self.cleaned_data.get("badge") or "").strip() or None

    def clean_new_pin(self) -> str:
        """Say at once when a PIN is too simple."""
        pin = self.cleaned_data["new_pin"]
        if pin and not pins.is_well_formed(pin):
            raise ValidationError(_("A PIN has 6 to 12 digits that are not all the same and not a run like 123456."))
        return str(pin)


class SkillInline(MasterInline, TabularInline):
    """The skills of a person."""

    model = PersonQualification
    fk_name = "person"
    autocomplete_fields = ("qualification",)
    extra = 0


class PlaceInline(MasterInline, TabularInline):
    """Sites and lines that a person is limited to; none: the home site, or everywhere without one."""

    model = PersonPlace
    autocomplete_fields = ("equipment",)
    extra = 0


class PersonAdmin(MasterAdmin):
    """People."""

    group, icon, place = "people", "badge", 10
    action = "people.edit"
    created_word = "added"
    sheet_without = ("kind", "pin", "pin_failures", "password", "last_login", "theme")
    sheet_only = {"kind": PersonKind.HUMAN}
    notes = {"badge": _("Roles, PINs and passwords are never in a file: give them on the person's page.")}
    form = PersonForm
    fields = (
        "number", "name", "site", "partner", "language", "is_active", "badge", "role_names", "new_pin", "new_password",
        "forget_app", "forget_identity",
    )
    list_display = ("number", "name", "kind", "role_list", "site", "is_active", "pin_failures")
    list_filter = ("kind", "is_active", "personrole__role")
    search_fields = ("number", "name")
    autocomplete_fields = ("site",)
    list_select_related = ("site",)
    inlines = (PlaceInline, SkillInline)

    @staticmethod
    def _own(request: HttpRequest, obj: Any) -> bool:
        return obj is not None and obj.pk == request.user.pk

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("personrole_set")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """People are switched off, never deleted: their number stays theirs."""
        return False

    def may_switch(self, request: HttpRequest, obj: Any) -> bool:
        """Nobody switches themselves off."""
        return super().may_switch(request, obj) and not self._own(request, obj)

    def frozen_in_files(self, obj: Any, by: Any) -> str:
        """Nobody writes over themselves by a file."""
        return _("This is you. Change yourself on your own page.") if obj.pk and obj.pk == by.pk else ""

    def prepare(self, row: Any) -> None:
        """Somebody from a file signs in once a password or a badge and PIN is set."""
        row.set_unusable_password()

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Nobody touches their own rights; what somebody does not have can't be let go."""
        if self._own(request, obj):
            return ("role_names", "is_active", *LET_GO)
        return tuple(name for name, rows in LET_GO.items() if obj is None or not rows(obj).exists())

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [name for name in self.fields if name not in self.get_exclude(request, obj)]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """A number is never given again, so it is never changed."""
        return ("number",) if obj else ()

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save plain fields here, everything else by its own command."""
        if not change:
            obj.set_unusable_password()
        changes = differences(form)
        obj.save()
        self.note(request, obj, "changed" if change else self.created_word, changes)
        try:
            self._apply(request.user, obj, form)
        except Refusal as refusal:
            self.message_user(request, str(refusal), "ERROR")

    @staticmethod
    def _apply(by: Person, person: Person, form: Any) -> None:
        if "role_names" in form.fields and "role_names" in form.changed_data:
            persons.set_roles(person=person, roles=form.cleaned_data["role_names"], by=by)
        if pin := form.cleaned_data.get("new_pin"):
            persons.set_pin(person=person, pin=pin, by=by)
        if password := form.cleaned_data.get("new_password"):
            persons.set_password(person=person, password=password, by=by)
        if form.cleaned_data.get("forget_app"):
            second_factors.remove(person=person, by=by, reason="")
        if form.cleaned_data.get("forget_identity"):
            identities.forget(person=person, by=by, reason="")

    def role_list(self, obj: Person) -> str:
        """The roles as words."""
        return ", ".join(row.get_role_display() for row in obj.personrole_set.all())

    role_list.short_description = _("roles")  # type: ignore[attr-defined]
