"""What people may choose for themselves, and what holds until they do."""

from typing import Any

# The first of each is what holds for somebody who never chose.
CHOICES: dict[str, tuple[str, ...]] = {
    "theme": ("auto", "light", "dark", "contrast"),
    "density": ("comfortable", "compact"),
    "sound": ("on", "off"),
    "shortcuts": ("on", "off"),
    "tour": ("new", "seen"),
}


def is_known(name: str, value: Any) -> bool:
    """Whether this may be chosen."""
    return value in CHOICES.get(name, ())


def complete(chosen: dict[str, Any]) -> dict[str, str]:
    """Every choice, with what holds for those never made; what is no longer a choice is left away."""
    return {
        name: chosen[name] if is_known(name, chosen.get(name)) else values[0] for name, values in CHOICES.items()
    }
