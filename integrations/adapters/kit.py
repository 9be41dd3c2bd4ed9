"""What every adapter must keep to, asked of each of them by the tests; run it on yours before a plant is joined."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from rest_framework import serializers

from integrations.adapters.port import Adapter, Incoming, Link, Outgoing, Receipt, Tested, Trouble

SECRET = "kit-secret-7f3a"  # noqa: S105 (it is told nobody anything)
NOWHERE = "http://127.0.0.1:9/"  # inside the plant, where nobody listens
KIND = re.compile(r"[a-z][a-z0-9-]{1,39}")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that an adapter does not keep to."""

    rule: str
    found: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.found}"


def usual(form: serializers.Serializer[Any]) -> dict[str, Any]:
    """Settings with every required word filled in by something harmless."""
    return {name: _harmless(field) for name, field in form.fields.items() if field.required}


def _harmless(field: Any) -> Any:
    if isinstance(field, serializers.ChoiceField):
        return next(iter(field.choices))
    if isinstance(field, serializers.IntegerField):
        return max(1, field.min_value or 1)
    if isinstance(field, serializers.BooleanField):
        return False
    if isinstance(field, serializers.ListField):
        return [_harmless(field.child)] if getattr(field, "min_length", None) else []
    if isinstance(field, serializers.EmailField):
        return "kit@example.com"
    if isinstance(field, serializers.Serializer):
        return usual(field)
    if isinstance(field, serializers.DictField):
        return {}
    return "x"


def link(adapter: Adapter, **said: Any) -> Link:
    """A connection that leads nowhere, with a secret that must never be told."""
    settings = adapter.settings(data=usual(adapter.settings()))
    settings.is_valid(raise_exception=True)
    secrets = dict.fromkeys(("token", "user", "password", "secret"), SECRET)
    found = {"code": "kit", "endpoint": NOWHERE, "secrets": secrets, "timeout": 1.0, **said}
    return Link(settings=dict(settings.validated_data), **found)


def message(noun: str = "nothing-of-the-kind") -> Outgoing:
    """A message about something that no adapter knows."""
    return Outgoing("11111111-2222-3333-4444-555555555555", noun, "K1", "1", {"id": 1})


def faults(adapter: Adapter) -> Iterator[Fault]:
    """Everything that is wrong with an adapter."""
    yield from _named(adapter)
    yield from _settings(adapter)
    if adapter.is_called:
        yield from _silent(adapter, "a closed network", link(adapter))
    yield from _unknown(adapter)


def _named(adapter: Adapter) -> Iterator[Fault]:
    if not isinstance(adapter, Adapter):
        yield Fault("port", "kind, label, settings, is_called, test, fetch and send are needed")
    if not KIND.fullmatch(adapter.kind):
        yield Fault("kind", f"“{adapter.kind}” is not small letters, digits and hyphens, 40 at most")
    if not str(adapter.label).strip():
        yield Fault("label", "is empty")


def _settings(adapter: Adapter) -> Iterator[Fault]:
    form = adapter.settings(data=usual(adapter.settings()))
    if not form.is_valid():
        yield Fault("settings", f"the usual ones are refused: {form.errors}")
    for name, field in form.fields.items():
        if not isinstance(field, serializers.Field) or field.read_only:
            yield Fault("settings", f"“{name}” can't be entered")


def _silent(adapter: Adapter, where: str, to: Link) -> Iterator[Fault]:
    """Nobody answers, or nobody may be asked: Again or Never, with a sentence, without secrets."""
    acts: dict[str, Callable[[], Any]] = {
        "test": lambda: adapter.test(to), "fetch": lambda: list(adapter.fetch(to, "")),
        "send": lambda: adapter.send(to, message()),
    }
    for name, act in acts.items():
        try:
            found = act()
        except Trouble as trouble:
            if SECRET in trouble.reason or SECRET in repr(trouble):
                yield Fault(name, f"tells a secret in {where}")
            if len(trouble.reason.strip()) < 5:
                yield Fault(name, f"says nothing of {where}")
        except Exception as error:
            yield Fault(name, f"{type(error).__name__} instead of Again or Never in {where}: {error}")
        else:
            yield from _odd(name, found, where)


def _odd(name: str, found: Any, where: str) -> Iterator[Fault]:
    """What came back although nobody was there."""
    if name == "test" and (not isinstance(found, Tested) or found.works):
        yield Fault(name, f"works in {where}")
    if name == "send" and isinstance(found, Receipt):
        yield Fault(name, f"claims that {where} has taken a message")
    if name == "fetch" and any(not isinstance(one, Incoming) for one in found):
        yield Fault(name, "yields what is no Incoming")


def _unknown(adapter: Adapter) -> Iterator[Fault]:
    """Its secrets stay within: not even the link's own text tells them."""
    if SECRET in repr(link(adapter)):
        yield Fault("link", "tells its secrets")
