"""How an operation is done, told and shown: its text and its files, those in the reader's language first."""

from dataclasses import dataclass

from django.utils.translation import get_language

from mes.models import InstructionMedia, MediaLanguage, Segment
from plant import files


@dataclass(frozen=True, slots=True)
class Instruction:
    """The text in the reader's language, and the files in the order to look at them."""

    text: str
    media: list[InstructionMedia]


def of(segment: Segment) -> Instruction:
    """The instruction of an operation, for whoever reads it now."""
    is_chinese = (get_language() or "").startswith("zh")
    foreign = MediaLanguage.ENGLISH if is_chinese else MediaLanguage.CHINESE
    media = sorted(segment.media.all(), key=lambda one: (one.language == foreign, one.position, one.pk))
    return Instruction((is_chinese and segment.instruction_zh) or segment.instruction, media)


def by_id(pk: int) -> InstructionMedia | None:
    """One file of an instruction."""
    return InstructionMedia.objects.filter(pk=pk).first()


@files.register
def spoken_of(keys: set[str]) -> set[str]:
    """Of some keys of files, those that an instruction shows."""
    return set(InstructionMedia.objects.filter(key__in=keys).values_list("key", flat=True))
