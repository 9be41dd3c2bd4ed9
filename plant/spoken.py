"""A sentence put into every language of the house where it is made, for whoever will read what a program met.

`from plant.spoken import spoken as _` leaves `_("…") % facts` as it is; what others said is a fact and stays as said.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, gettext, override, pgettext

from plant.statements import SPOKEN, Told, kept, say, told


class Spoken(Told):
    """One sentence in every language; it shows itself in the language of whoever made it, and facts follow by `%`."""

    texts: dict[str, str]

    def __new__(cls, texts: Mapping[str, str]) -> "Spoken":
        """What is the same in every language is kept as the text that it is."""
        first = next(iter(texts.values()))
        made = str.__new__(cls, texts.get(get_language() or settings.LANGUAGE_CODE, first))
        made.texts = dict(texts)
        made.kept = first if all(text == first for text in texts.values()) else say(SPOKEN, **texts)
        return made

    def __reduce__(self) -> tuple[Any, ...]:
        """Copied whole."""
        return Spoken, (self.texts,)

    def __mod__(self, facts: Any) -> "Spoken":
        """With its facts; a fact that is a sentence itself is told in the same language."""

        def filled(text: str) -> str:
            if isinstance(facts, Mapping):
                return text % {name: _again(fact) for name, fact in facts.items()}
            return text % (tuple(_again(fact) for fact in facts) if isinstance(facts, tuple) else _again(facts))

        texts = {}
        for code, text in self.texts.items():
            with override(code):
                texts[code] = filled(text)
        return Spoken(texts)


def _again(fact: Any) -> Any:
    return words(fact) if isinstance(fact, Told) else fact


def words(text: str) -> str:
    """A sentence in the language that is active now, as plain text."""
    return str.__str__(told(kept(text)))


def spoken(message: str) -> Spoken:
    """What gettext is for one reader, for all of them."""
    return Spoken(_texts(message))


def pspoken(context: str, message: str) -> Spoken:
    """The same for a word that means something else elsewhere."""
    return Spoken(_texts(message, context))


@cache
def _texts(message: str, context: str = "") -> dict[str, str]:
    return _versions(lambda: pgettext(context, message) if context else gettext(message))


def _versions(make: Callable[[], Any]) -> dict[str, Any]:
    found = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            found[code] = make()
    return found


def every(make: Callable[[], Any]) -> Any:
    """What comes of it in each language, as one: texts, and trees of texts."""
    return merged(_versions(make))


def merged(versions: Mapping[str, Any]) -> Any:
    """The same in several languages, as one; where its shape differs, as it is in the first."""
    found = list(versions.values())
    first = found[0]
    if isinstance(first, dict) and all(isinstance(one, dict) and one.keys() == first.keys() for one in found):
        return {name: merged({code: one[name] for code, one in versions.items()}) for name in first}
    if isinstance(first, list) and all(isinstance(one, list) and len(one) == len(first) for one in found):
        return [merged({code: one[n] for code, one in versions.items()}) for n in range(len(first))]
    if isinstance(first, str) and all(isinstance(one, str) for one in found):
        return Spoken({code: str.__str__(one) for code, one in versions.items()})
    return first


def joined(between: str, parts: Iterable[str]) -> str:
    """Sentences behind each other."""
    some = list(parts)
    whole: str = every(lambda: between.join(words(one) for one in some))
    return whole


def cut(text: str, most: int) -> str:
    """No longer than this in any language."""
    if not isinstance(text, Told):
        return text[:most]
    short: str = every(lambda: words(text)[:most])
    return short


def of(error: Exception) -> str:
    """The sentence of an error in every language that it has it in."""
    said = error.args[0] if error.args else ""
    return said if isinstance(said, Told) else str(error)


def kept_all(tree: Any) -> Any:
    """A tree as it is stored, its sentences for every reader."""
    return _walked(tree, kept)


def told_all(tree: Any) -> Any:
    """A stored tree in the reader's language."""
    return _walked(tree, told)


def _walked(tree: Any, change: Callable[[str], str]) -> Any:
    if isinstance(tree, dict):
        return {name: _walked(one, change) for name, one in tree.items()}
    if isinstance(tree, list | tuple):
        return [_walked(one, change) for one in tree]
    return change(tree) if isinstance(tree, str) else tree
