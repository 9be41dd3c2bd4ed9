"""Nothing of the console overwrites what somebody else saved meanwhile: a page remembers the values that it showed."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from django.db import models
from django.forms import ModelChoiceField
from django.forms.models import model_to_dict
from django.utils import timezone
from django.utils.translation import gettext as _

from plant.locks import lock
from plant.queries import journal
from plant.web.forms import fingerprint, read, token

SEEN = "seen"  # the page's hidden field
SECRETS = {"password", "pin"}


class Seen:
    """A form of the console that compares what it is sent with what its person saw, under the record's lock."""

    # What a form shows beside the record's own fields, and how it is read.
    beside: ClassVar[dict[str, Callable[[Any], Any]]] = {}
    instance: models.Model
    fields: dict[str, Any]
    data: Any

    def clean(self) -> Any:
        """Refuse a field that two people changed; what only the other one changed stays as they left it."""
        data = super().clean()  # type: ignore[misc]
        if self.instance.pk is not None and SEEN in self.data:
            self._meet(self.cleaned_data if data is None else data)  # type: ignore[attr-defined]
        return data

    def _meet(self, data: dict[str, Any]) -> None:
        rows = lock(type(self.instance)._default_manager.filter(pk=self.instance.pk))
        if not rows:
            return
        seen, now = read(self.data[SEEN]), standing(self, rows[0])
        for name in shown(self):
            was, theirs = seen.get(key(self, name)), now[key(self, name)]
            if name not in data or was == fingerprint(theirs) or plain(data[name]) == theirs:
                continue
            if fingerprint(plain(data[name])) == was:
                data[name] = self.fields[name].clean(value_of(self, rows[0], name))
            else:
                self._tell(name, rows[0])

    def _tell(self, name: str, row: models.Model) -> None:
        last = next(iter(journal.timeline(row, 1)), None)
        words = {"who": last.actor_name if last else "—", "theirs": told(self.fields[name], value_of(self, row, name))}
        message = _("%(who)s changed this to “%(theirs)s” while you had it open. Your value is still here: save again "
                    "to put it in place of theirs, or write theirs.")
        self.add_error(name, message % words)  # type: ignore[attr-defined]


def shown(form: Any) -> list[str]:
    """The fields of the record in a form; what is never shown, such as a password, can't be overwritten unseen."""
    own = {field.name for field in (*form._meta.model._meta.concrete_fields, *form._meta.model._meta.many_to_many)}
    return [name for name in form.fields if name in own | set(form.beside) and name not in SECRETS]


def key(form: Any, name: str) -> str:
    """How a page names a value: the record below its kind, so that lines below a record have their own."""
    return fingerprint(f"{form.instance._meta.label_lower}:{form.instance.pk}:{name}")


def standing(form: Any, row: models.Model) -> dict[str, Any]:
    """The values of a record, each the same text for the same value."""
    return {key(form, name): plain(value_of(form, row, name)) for name in shown(form)}


def value_of(form: Any, row: models.Model, name: str) -> Any:
    """A value of a record as a form takes it."""
    return form.beside[name](row) if name in form.beside else model_to_dict(row, [name]).get(name)


def plain(value: Any) -> Any:
    """The same text for the same value, as it is stored and as it is typed."""
    if isinstance(value, models.Model):
        return str(value.pk)
    if isinstance(value, list | tuple | set | models.QuerySet):
        return sorted(str(plain(part)) for part in value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, datetime) and timezone.is_aware(value):
        return value.astimezone(timezone.get_default_timezone()).isoformat(timespec="seconds")
    return "" if value is None else str(value)


def told(field: Any, value: Any) -> str:
    """A value as its field names it."""
    if isinstance(field, ModelChoiceField) and value not in (None, ""):
        several = value if isinstance(value, list) else [value]
        return ", ".join(str(one if isinstance(one, models.Model) else _row(field, one)) for one in several)
    words = {str(one): label for one, label in getattr(field, "choices", ()) if not isinstance(label, list | tuple)}
    return str(words.get(str(value), "—" if value in (None, "") else value))


def _row(field: Any, value: Any) -> Any:
    return field.queryset.model._default_manager.filter(**{field.to_field_name or "pk": value}).first() or value


def mark(context: dict[str, Any]) -> str:
    """What a change page shows, as one hidden text: the record's values and those of its lines."""
    forms = [context["adminform"].form]
    forms += [form for lines in context.get("inline_admin_formsets", ()) for form in lines.formset.initial_forms]
    return token({name: value for form in forms for name, value in _now(form).items()})


def _now(form: Any) -> dict[str, str]:
    row = type(form.instance)._default_manager.filter(pk=form.instance.pk).first()
    return {} if row is None or not isinstance(form, Seen) else standing(form, row)
