"""What every kind of foreign system looks like from here: tested, fetched from, sent to; see docs/integrations.md."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from ipaddress import IPv4Network, IPv6Network
from typing import Any, Protocol, runtime_checkable

from rest_framework.serializers import Serializer

from plant.spoken import cut

Network = IPv4Network | IPv6Network
LONGEST_REASON = 300


class Trouble(Exception):
    """The other side did not do what was asked; the sentence is for whoever mends it."""

    def __init__(self, reason: str) -> None:
        self.reason = cut(reason, LONGEST_REASON)
        super().__init__(self.reason)


class Again(Trouble):
    """A later try can succeed: the network, a busy server. `after` are the seconds that the other side asked for."""

    def __init__(self, reason: str, after: float = 0.0) -> None:
        super().__init__(reason)
        self.after = after


class Never(Trouble):
    """The same again is refused again: a person must look."""


@dataclass(frozen=True, slots=True)
class Link:
    """One opened connection: where it leads, what proves who we are, how long to wait, and its own settings.

    `secrets` holds what the way of signing in needs: token, or user and password, or secret, or certificate and key.
    `sign_in` holds what is no secret: the name of a header, a token address, a client id, a scope.
    `open_networks` are the networks inside the plant that an administrator lets connections call.
    """

    code: str
    endpoint: str = ""
    auth: str = "NONE"
    sign_in: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    timeout: float = 10.0
    settings: Mapping[str, Any] = field(default_factory=dict)
    open_networks: tuple[Network, ...] = ()


@dataclass(frozen=True, slots=True)
class Tested:
    """What the other side said to a test."""

    works: bool
    said: str
    version: str = ""


@dataclass(frozen=True, slots=True)
class Incoming:
    """One object of theirs, in their words. `version` orders versions of one object, where they have such a thing;
    `cursor` is where to go on after this one; `id` is the name of the message itself, where it carries one. `fault`
    says why it can't be taken as it stands: it is parked, and a person looks at it."""

    noun: str
    key: str
    version: str
    body: bytes
    content_type: str
    cursor: str = ""
    id: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One thing that they shall know. `id` stays the same however often it is sent; `body` is written already where the
    connection's mapping says how, else the adapter writes it of `words`."""

    id: str
    noun: str
    key: str
    version: str
    words: Mapping[str, Any]
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Receipt:
    """They have it. `reference` is what they call it; `said` their answer, as much of it as is worth keeping."""

    reference: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True)
class Total:
    """What one side counts of an order, or of a material where it has none: yield, scrap, consumption, stock."""

    measure: str
    order: str
    material: str
    quantity: Decimal
    unit: str = ""


@runtime_checkable
class Adapter(Protocol):
    """A kind of foreign system. It knows no table of ours; what it raises beside Again and Never is its own fault."""

    kind: str
    label: Any
    settings: type[Serializer[Any]]
    is_called: bool  # an address outside is called, so it needs an endpoint

    def test(self, link: Link) -> Tested:
        """Ask the other side something harmless."""
        ...

    def fetch(self, link: Link, cursor: str) -> Iterable[Incoming]:
        """Everything since the cursor, oldest first; the empty cursor is the beginning."""
        ...

    def send(self, link: Link, message: Outgoing) -> Receipt:
        """Hand one message over; the same id again must change nothing on the other side if it can be helped."""
        ...


@dataclass(frozen=True, slots=True)
class Became:
    """What became of a message of theirs. `status` is its state here, `key` what the object is called here, `said`
    whether it was created, changed, known or older; `error` is why it is tried again, parked or given up."""

    id: str
    noun: str
    status: str
    key: str = ""
    said: str = ""
    error: str = ""


@runtime_checkable
class Answers(Protocol):
    """An adapter whose other side lies in this very database, so that the outcome of a message is told in the
    transaction of its effect."""

    def answer(self, code: str, became: Became) -> None:
        """Tell it; whatever is raised here takes the effect back."""
        ...


@dataclass(frozen=True, slots=True)
class Refused:
    """A message of theirs that lies at the desk of dead letters, and why."""

    id: str
    body: bytes
    error: str


@runtime_checkable
class Refuses(Protocol):
    """An adapter that can lay what is refused beside where it came from, for whoever corrects it there."""

    def refused(self, link: Link, rows: Iterable[Refused]) -> None:
        """Everything that is refused at the moment; what is no longer among it is taken away there."""
        ...


@dataclass(frozen=True, slots=True)
class Proof:
    """What an adapter or a template was proved on: a system with its version, and whether a living one answered or a
    stand-in that keeps to what its vendor publishes."""

    system: str
    is_living: bool


@runtime_checkable
class Proved(Protocol):
    """An adapter that says on which versions of the other system it was proved."""

    proved: tuple[Proof, ...]


@runtime_checkable
class Counts(Protocol):
    """An adapter that can also ask the other side for its totals, so that both books are compared."""

    def totals(self, link: Link, orders: Iterable[str]) -> Iterable[Total]:
        """What they count of these orders."""
        ...
