"""The first letters of Chinese words as people type them: 控制图 is kzt."""

# GB 2312 orders its first 3755 characters by pinyin: from each of these on, words begin with the letter.
FIRST = "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝"
LETTERS = "abcdefghjklmnopqrstwxyz"
LAST_ORDERED = b"\xd7\xf9"
STARTS = [character.encode("gb2312") for character in FIRST]


def initials(text: str) -> str:
    """The first letter of each Chinese character; Latin letters and figures stay, anything else is left away."""
    return "".join(_initial(character) for character in text)


def _initial(character: str) -> str:
    if character.isascii():
        return character.lower() if character.isalnum() else ""
    try:
        code = character.encode("gb2312")
    except UnicodeEncodeError:
        return ""
    if not STARTS[0] <= code <= LAST_ORDERED:
        return ""
    return LETTERS[sum(start <= code for start in STARTS) - 1]
