"""What people fill in about connections and mappings."""

from typing import Any

from django import forms
from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from integrations import adapters
from integrations.links.opening import SECRETS, SIGN_IN
from integrations.models import Auth, Connection, Direction, DoorWay, Format, Rhythm
from integrations.web.links.parts import drawn, incoming, outgoing, wrong
from plant import keys
from plant.models import Equipment, EquipmentLevel, Person
from plant.web.forms import CodeField, Form, RowField
from plant.web.part_forms import kept, stand

AREA = forms.Textarea({"rows": 8, "spellcheck": "false"})
WORDS: dict[str, Any] = {
    "token": _("Token or key"), "user": _("User"), "password": _("Password"), "secret": _("Secret"),
    "certificate": _("Certificate (PEM)"), "key": _("Private key (PEM)"), "header": _("Name of the header"),
    "token_url": _("Address of the tokens"), "client_id": _("Client id"), "scope": _("Scope"),
    "time_header": _("Header of the time"),
}
PEM = ("certificate", "key")


class NetworksField(forms.CharField):
    """Networks, each on a line of its own."""

    widget = forms.Textarea({"rows": 3, "spellcheck": "false"})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        try:
            return keys.networks(super().clean(value))
        except ValueError as error:
            raise forms.ValidationError(now("One of these is no network. Write 10.1.2.0/24, or 10.1.2.3.")) from error


class ConnectionForm(Form):
    """A connection; the settings of its kind follow its own."""

    code = forms.SlugField(label=_("Code"), max_length=40)
    name = forms.CharField(label=_("Name"), max_length=120)
    kind = forms.ChoiceField(label=_("Kind"))
    site = RowField(label=_("Site"), queryset=Equipment.objects.filter(level=EquipmentLevel.SITE),
                    to_field_name="code")
    receives = forms.BooleanField(label=_("Takes in"), required=False, initial=True)
    sends = forms.BooleanField(label=_("Sends out"), required=False)
    sent_nouns = forms.MultipleChoiceField(
        label=_("What is sent"), required=False, widget=forms.CheckboxSelectMultiple,
        choices=outgoing(),
    )
    endpoint = forms.CharField(label=_("Address"), max_length=400, required=False)
    auth = forms.ChoiceField(label=_("Signs in with"), choices=Auth)
    rhythm = forms.ChoiceField(label=_("Rhythm"), choices=Rhythm, initial=Rhythm.MINUTES)
    every = forms.IntegerField(label=_("Every"), min_value=1, max_value=1440, initial=5)
    daily_at = forms.TimeField(
        label=_("Time of day"), required=False, widget=forms.TimeInput({"type": "time"}, "%H:%M")
    )
    timeout = forms.DecimalField(label=_("Timeout in seconds"), min_value=1, max_value=120, initial=10)
    per_minute = forms.IntegerField(label=_("Messages a minute"), min_value=1, initial=600)
    keep_days = forms.IntegerField(
        label=_("Keeps contents (days)"), min_value=0, max_value=36500, initial=365,
        help_text=_("So long the content of finished messages stays; what became of them stays for ever. 0: for ever."),
    )
    door = forms.ChoiceField(
        label=_("Lets push by"), choices=DoorWay, required=False,
        help_text=_("How another system signs in that pushes messages onto this connection, with a key of its own."),
    )
    allowed_from = NetworksField(
        label=_("May be called from"), max_length=2000, required=False,
        help_text=_("Networks or addresses, each on its own line; empty: from anywhere."),
    )
    other_system = forms.CharField(label=_("Other system"), max_length=80, required=False)
    other_version = forms.CharField(label=_("Its version"), max_length=80, required=False)

    def __init__(self, *args: Any, standing: Connection | None = None, kind: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = adapters.kinds()  # type: ignore[attr-defined]
        posted = self.data.get("kind", "") if self.is_bound else ""
        chosen = standing.kind if standing else posted or kind or next(iter(adapters.adapters()), "")
        self.adapter = adapters.of(chosen)
        self.fields["kind"].initial = chosen
        if standing is not None:
            self.fields["code"].disabled = self.fields["kind"].disabled = True
            self.initial = {**_values(standing), **self.initial}
        auth = (self.data.get("auth") if self.is_bound else None) or (standing.auth if standing else Auth.NONE)
        for name in SIGN_IN.get(str(auth), ()):
            told = standing.sign_in.get(name, "") if standing else ""
            self.fields[f"sign_in_{name}"] = forms.CharField(
                label=WORDS[name], max_length=400, required=False, initial=told)
        for name, field in (self.adapter.settings().fields if self.adapter else {}).items():
            self.fields[f"set_{name}"] = drawn(name, field)
        self.standing: dict[str, Any] = dict(standing.settings) if standing else {}
        stand(self, self.standing, "set_")

    def clean(self) -> dict[str, Any]:
        """Ask the adapter what it thinks of its settings; each fault stands at its field."""
        said = super().clean() or {}
        for name, texts in (wrong(self.adapter.settings, self._settings(said)) if self.adapter else {}).items():
            place = f"set_{name}" if f"set_{name}" in self.fields else None
            if place not in self.errors:
                self.add_error(place, texts)  # type: ignore[arg-type]
        return said

    def _settings(self, said: dict[str, Any]) -> dict[str, Any]:
        fields = {name[4:]: field for name, field in self.fields.items() if name.startswith("set_")}
        return kept(fields, {name[4:]: one for name, one in said.items() if name.startswith("set_")}, self.standing)

    def words(self) -> dict[str, Any]:
        """What the command takes."""
        said = {name: one for name, one in self.cleaned_data.items() if not name.startswith("set_")}
        sign_in = {name[8:]: said.pop(name) for name in list(said) if name.startswith("sign_in_")}
        return {**said, "settings": self._settings(self.cleaned_data), "sign_in": sign_in}


def _values(row: Connection) -> dict[str, Any]:
    names = [name for name in ConnectionForm.base_fields if name != "site"]
    return {**{name: getattr(row, name) for name in names}, "site": row.site.code}


class SecretsForm(Form):
    """What only the other side and this plant know."""

    def __init__(self, *args: Any, auth: str = Auth.NONE, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in SECRETS[auth]:
            widget = forms.Textarea({"rows": 5, "autocomplete": "off"}) if name in PEM else forms.PasswordInput(
                {"autocomplete": "off"})
            self.fields[name] = forms.CharField(
                label=WORDS[name], max_length=20000, required=False, widget=widget, strip=name not in PEM)


class SampleForm(Form):
    """A body as they write it."""

    noun = forms.ChoiceField(label=_("Object"))
    name = forms.CharField(label=_("Name"), max_length=120)
    body = forms.CharField(label=_("Body"), max_length=1_000_000, widget=AREA, strip=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["noun"].choices = incoming()  # type: ignore[attr-defined]


class MappingForm(Form):
    """A new mapping."""

    connection = RowField(label=_("Connection"), queryset=Connection.objects.all(), to_field_name="code")
    direction = forms.ChoiceField(label=_("Direction"), choices=Direction)
    noun = forms.ChoiceField(label=_("Object"))
    format = forms.ChoiceField(label=_("Format"), choices=Format)
    root = forms.CharField(
        label=_("Root"), max_length=80, required=False,
        help_text=_("Name of the outermost element, where XML is written."),
    )
    note = forms.CharField(label=_("Note"), max_length=500, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        both = [(_("Comes in"), incoming()), (_("Goes out"), outgoing())]
        self.fields["noun"].choices = both  # type: ignore[attr-defined]


class MendForm(Form):
    """Another content for a parked message, and why."""

    body = forms.CharField(label=_("Content"), max_length=1_000_000, widget=AREA, strip=False)
    reason = forms.CharField(label=_("Why it is changed"), max_length=500, widget=forms.Textarea({"rows": 2}))


class OwnerForm(Form):
    """Whose task it is."""

    owner = CodeField(label=_("Staff number"), max_length=40)

    def clean_owner(self) -> Person:
        found = Person.objects.filter(number=self.cleaned_data["owner"], is_active=True).first()
        if found is None:
            raise forms.ValidationError(now("There is nobody with this staff number."))
        return found
