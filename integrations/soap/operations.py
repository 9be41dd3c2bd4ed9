"""The operations of the service: put many, get one, list, for each business object of the API."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from integrations.nouns.noun import Noun
from integrations.nouns.registry import NOUNS
from integrations.soap.schema import Word, words_of

PUT, GET, LIST = "Put", "Get", "List"
MOST = 500
RESULT = (
    Word("key", "string"), Word("status", "string"), Word("code", "string"), Word("detail", "string"),
    Word("error", "object", is_many=True, parts=(Word("field", "string"), Word("message", "string"))),
)


@dataclass(frozen=True)
class Operation:
    """One operation: its verb, its object, and the words that it takes and answers."""

    name: str
    verb: str
    noun: Noun
    asks: tuple[Word, ...]
    answers: tuple[Word, ...]

    @property
    def scope(self) -> str:
        return self.noun.writes if self.verb == PUT else self.noun.reads


def title(noun: Noun) -> str:
    """material-definitions → MaterialDefinitions."""
    return "".join(part.capitalize() for part in noun.code.split("-"))


@cache
def operations() -> dict[str, Operation]:
    """Every operation by its name, which is also the name of its request."""
    found: list[Operation] = []
    for noun in NOUNS.values():
        name = title(noun)
        whole = words_of(noun.whole or noun.answer, answers=True)
        if noun.takes is not None:
            row = Word("row", "object", is_many=True, is_required=True, parts=words_of(noun.takes, answers=False))
            result = Word("result", "object", is_many=True, parts=RESULT)
            found.append(Operation(f"{PUT}{name}", PUT, noun, (row,), (result,)))
        asks = (Word("key", "string", is_required=True),)
        found.append(Operation(f"{GET}{name}", GET, noun, asks, (Word("row", "object", parts=whole),)))
        page = (Word("after", "string"), Word("limit", "integer"), *(Word(one, "string") for one in noun.filters))
        told = Word("row", "object", is_many=True, parts=words_of(noun.answer, answers=True))
        found.append(Operation(f"{LIST}{name}", LIST, noun, page, (told, Word("next", "string"))))
    return {operation.name: operation for operation in found}


def plain_errors(errors: dict[str, Any], prefix: str = "") -> list[dict[str, str]]:
    """The errors of a row as pairs of field and sentence."""
    found: list[dict[str, str]] = []
    for name, said in errors.items():
        place = f"{prefix}{name}"
        for one in said if isinstance(said, list) else [said]:
            if isinstance(one, dict):
                found += plain_errors(one, f"{place}.")
            else:
                found.append({"field": place, "message": str(one)})
    return found
