"""What journal kinds are called on the screen; each room registers its own words when it starts."""

from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

_LABELS: dict[str, Any] = {}


def register(labels: dict[str, Any]) -> None:
    """Name journal kinds: {"lot.held": _("Lot held")}."""
    _LABELS.update(labels)


def master_data(noun: str, word: Any) -> dict[str, Any]:
    """The words for what the admin console writes down about one kind of master data."""
    return {
        f"{noun}.created": format_lazy(_("{noun}: added"), noun=word),
        f"{noun}.changed": format_lazy(_("{noun}: changed"), noun=word),
        f"{noun}.deleted": format_lazy(_("{noun}: deleted"), noun=word),
    }


def label(kind: str) -> str:
    """The word for a journal kind; an unnamed kind is shown as it is written."""
    return str(_LABELS.get(kind, kind))


def kinds(text: str) -> list[str]:
    """The kinds whose word holds a text, in the reader's language."""
    return [kind for kind, word in _LABELS.items() if text.casefold() in str(word).casefold()]


def known() -> list[tuple[str, str]]:
    """Every named kind with its word, for a filter."""
    return sorted(((kind, str(word)) for kind, word in _LABELS.items()), key=lambda pair: pair[1])


register({
    "person.added": _("Person added"),
    "person.changed": _("Person changed"),
    "person.roles": _("Roles changed"),
    "person.badge": _("Badge given"),
    "person.pin": _("PIN set"),
    "person.password": _("Password set"),
    "person.unblocked": _("Badge unblocked"),
    "person.blocked": _("Badge blocked after wrong PINs"),
    "person.deputy": _("Deputy named"),
    "person.deputy-ended": _("Back again"),
    "person.signed-in": _("Signed in"),
    "person.signed-out": _("Signed out"),
    "person.sign-in-refused": _("Sign-in refused"),
    "person.identity": _("Company account linked"),
    "person.identity-forgotten": _("Company account let go"),
    "person.signed-on": _("Signed on with badge"),
    "person.sign-on-refused": _("Wrong PIN"),
    "person.signed-out-everywhere": _("Signed out everywhere"),
    "person.second-factor": _("Second factor set up"),
    "person.second-factor-removed": _("Second factor taken away"),
    "person.recovery-codes": _("New recovery codes made"),
    "person.recovery-code-used": _("Signed in with a recovery code"),
    "device.invited": _("Tablet invited"),
    "device.enrolled": _("Tablet enrolled"),
    "device.revoked": _("Tablet let go"),
    "api-key.created": _("API key created"),
    "api-key.rotated": _("API key followed by a new one"),
    "api-key.revoked": _("API key revoked"),
    "signature.refused": _("Signature refused"),
    "feedback.told": _("Feedback given"),
    "feedback.seen": _("Feedback seen"),
    "feedback.done": _("Feedback answered: done"),
    "feedback.declined": _("Feedback declined"),
})

for _noun, _word in (
    ("equipment", _("Equipment")), ("material", _("Material")), ("unit", _("Unit")),
    ("conversion", _("Unit conversion")), ("partner", _("Partner")), ("parameter", _("Parameter")),
    ("reason", _("Reason code")), ("qualification", _("Skill")), ("numbering", _("Numbering series")),
):
    register(master_data(_noun, _word))
