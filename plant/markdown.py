"""The little Markdown of help pages as HTML: headings, paragraphs, lists, bold, code, links. All else is text."""

import re
from collections.abc import Iterator

from django.utils.html import escape
from django.utils.safestring import SafeString

HEADING = re.compile(r"(#{1,4}) +(.+)")
BULLET = re.compile(r"[-*] +(.+)")
NUMBER = re.compile(r"\d+\. +(.+)")
IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
LINK = re.compile(r"\[([^\]]+)\]\((/[^)\s]*)\)")
ELSEWHERE = re.compile(r"\[([^\]]+)\]\([^)\s]*\)")
BOLD = re.compile(r"\*\*(.+?)\*\*")
CODE = re.compile(r"`([^`]+)`")


def render(text: str, *, level: int = 2) -> SafeString:
    """HTML of a text; its first heading gets this level. Links lead only into this plant."""
    return SafeString("\n".join(_blocks(IMAGE.sub("", text), level - 1)))


def _blocks(text: str, shift: int) -> Iterator[str]:
    for block in re.split(r"\n\s*\n", text.strip()):
        yield from _block([line.strip() for line in block.splitlines() if line.strip()], shift)


def _block(lines: list[str], shift: int) -> Iterator[str]:
    if lines and (heading := HEADING.fullmatch(lines[0])):
        size = len(heading[1]) + shift
        yield f"<h{size}>{_inline(heading[2])}</h{size}>"
        yield from _block(lines[1:], shift)
    elif lines and BULLET.match(lines[0]):
        yield _list("ul", lines, BULLET)
    elif lines and NUMBER.match(lines[0]):
        yield _list("ol", lines, NUMBER)
    elif lines:
        yield f"<p>{_inline(' '.join(lines))}</p>"


def _list(tag: str, lines: list[str], mark: re.Pattern[str]) -> str:
    """A line without a mark goes on with the one above it."""
    items: list[str] = []
    for line in lines:
        if found := mark.fullmatch(line):
            items.append(found[1])
        else:
            items[-1] += " " + line
    return f"<{tag}>{''.join(f'<li>{_inline(item)}</li>' for item in items)}</{tag}>"


def _inline(text: str) -> str:
    shown = LINK.sub(r'<a href="\2">\1</a>', escape(text))
    shown = BOLD.sub(r"<strong>\1</strong>", ELSEWHERE.sub(r"\1", shown))
    return CODE.sub(r"<kbd>\1</kbd>", shown)
