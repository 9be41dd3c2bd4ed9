"""The doors of every noun: its list, one of them by its key, many of them at once. Made from the registry."""

from collections.abc import Callable
from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from integrations.erp import asked, batch_words, etags
from integrations.erp.answers import maybe
from integrations.erp.schema import described
from integrations.erp.views import Door
from integrations.nouns import batches, intake
from integrations.nouns.intake import CREATED, Outcome
from integrations.nouns.noun import Noun
from plant.errors import Refusal

Method = Callable[..., Response]


class Refused(Refusal):
    """A row that was not taken, as the answer to the one who sent it alone."""


def raise_refused(outcome: Outcome) -> None:
    """What was wrong, as the problem that the single door answers."""
    if outcome.is_refused and outcome.errors:
        raise ValidationError(outcome.errors)
    if outcome.is_refused:
        raise Refused(outcome.detail, code=outcome.code, facts=outcome.facts)


class NounDoor(Door):
    """A door of one noun."""

    noun: Noun

    def take(self, request: Request, body: dict[str, Any]) -> tuple[int, Any]:
        """Take one row, and tell it as it is now."""
        external = asked.external(request)
        outcome = intake.take_row(self.noun, body, by=request.user, at=timezone.now(), external=external)
        raise_refused(outcome)
        row = self.noun.find(request.user, outcome.key) or outcome.row
        return 201 if outcome.status == CREATED else 200, self.noun.told(row)

    def words(self, request: Request) -> dict[str, Any]:
        """The body, which is an object."""
        if not isinstance(request.data, dict):
            raise ValidationError({"non_field_errors": [_("Send an object with the words of one row.")]})
        return request.data


def list_door(noun: Noun) -> type[NounDoor]:
    """All of a noun, and where it comes in, a new one."""
    told = {"results": [noun.example], "next": None}

    @described(
        parameters=asked.parameters(noun), ok={200: page_of(noun)}, told=told, name=f"{name(noun)}_list",
        says=f"{english(noun)}: those that are asked for, page by page.",
    )
    def get(self: NounDoor, request: Request) -> Response:
        found = asked.page(noun, request)
        rows = asked.sparse(noun, request, noun.tell(found.rows))
        return Response({"results": rows, "next": found.next or None})

    @described(
        takes=noun.takes, ok={200: whole(noun), 201: whole(noun)}, sent=noun.sent, told=example(noun), is_post=True,
        name=f"{name(noun)}_create", parameters=asked.EXTERNAL,
        says=f"{english(noun)}: take one. The same words again change nothing.",
    )
    def post(self: NounDoor, request: Request) -> Response:
        body = self.words(request)
        return self.once(request, lambda: self.take(request, body))

    return made(noun, "List", GET=get, POST=post if noun.takes else None)


def one_door(noun: Noun) -> type[NounDoor]:
    """One of a noun by its key."""

    @described(
        ok={200: whole(noun)}, told=example(noun), name=f"{name(noun)}_retrieve", parameters=[etags.IF_CHANGED],
        says=f"{english(noun)}: the one with this key.", is_cached=True,
    )
    def get(self: NounDoor, request: Request, **key: Any) -> Response:
        row = noun.find(request.user, str(key[noun.key]))
        if row is None:
            raise Http404
        told = noun.told(row)
        return etags.answered(request, told)

    @described(
        takes=without_key(noun), ok={200: whole(noun), 201: whole(noun)}, sent=sent_without_key(noun),
        told=example(noun), name=f"{name(noun)}_update",
        parameters=[*asked.EXTERNAL, etags.IF_MATCH, etags.IF_NONE],
        says=f"{english(noun)}: create the one with this key, or change it. The same words again change nothing.",
    )
    def put(self: NounDoor, request: Request, **key: Any) -> Response:
        body = self.words(request)
        if body.get(noun.key, key[noun.key]) != key[noun.key]:
            raise ValidationError({noun.key: [_("The address names another one. Leave this out, or send the same.")]})

        def act() -> tuple[int, Any]:
            etags.check(request, noun, str(key[noun.key]))
            return self.take(request, {**body, **key})

        answer = self.once(request, act)
        answer["ETag"] = etags.tag(answer.data)
        return answer

    return made(noun, "One", GET=get, PUT=put if noun.takes and noun.key in noun.takes().fields else None)


def batch_door(noun: Noun) -> type[NounDoor]:
    """Many of a noun at once."""

    @described(
        takes=batch_words.batch_of(noun), ok={200: batch_words.Batch}, sent=batch_words.example_sent(noun),
        told=batch_words.example_told(noun), is_post=True, name=f"{name(noun)}_batch",
        says=f"{english(noun)}: up to {batch_words.MOST} rows at once, each with its own outcome. A bad row never "
        "stands in the way of a good one; sent again, nothing changes.",
    )
    def post(self: NounDoor, request: Request) -> Response:
        rows = batch_words.sent(self.read(batch_words.BatchIn, request))

        def act() -> tuple[int, Any]:
            outcomes = batches.take_rows(noun, rows, by=request.user, at=timezone.now())
            return 200, batch_words.told(rows, outcomes)

        return self.once(request, act)

    return made(noun, "Batch", POST=post)


def made(noun: Noun, part: str, **methods: Method | None) -> type[NounDoor]:
    """A door with the methods that the noun has."""
    there = {verb: act for verb, act in methods.items() if act is not None}
    scopes = {verb: noun.reads if verb == "GET" else noun.writes for verb in there}
    body = {verb.lower(): act for verb, act in there.items()}
    told = {"noun": noun, "scopes": scopes, "__doc__": english(noun), **body}
    return type(f"{title(noun)}{part}Door", (NounDoor,), told)


def english(noun: Noun) -> str:
    """Its name in the language of the description, whatever the plant speaks."""
    with override("en"):
        return str(noun.name)


def title(noun: Noun) -> str:
    """What classes of a noun are called."""
    return "".join(word.capitalize() for word in noun.code.split("-"))


def name(noun: Noun) -> str:
    """How operations of a noun are called."""
    return noun.code.replace("-", "_")


def whole(noun: Noun) -> type[Serializer]:
    """What is answered of one alone."""
    return noun.whole or noun.answer


def example(noun: Noun) -> dict[str, Any]:
    """An example of one alone."""
    return noun.example_whole or noun.example


def page_of(noun: Noun) -> type[Serializer]:
    """A page of a noun, for the description."""
    return type(f"{title(noun)}Page", (serializers.Serializer,), {
        "results": asked.line_of(noun)(many=True), "next": maybe(),
    })  # fmt: skip


def without_key(noun: Noun) -> type[Serializer] | None:
    """The words that come in where the address tells the key."""
    if noun.takes is None:
        return None
    name = f"{noun.takes.__name__.removesuffix('In')}Put"
    return type(name, (noun.takes,), {noun.key: None, "__doc__": noun.takes.__doc__})


def sent_without_key(noun: Noun) -> dict[str, Any]:
    """An example of them."""
    return {word: value for word, value in (noun.sent or {}).items() if word != noun.key}
