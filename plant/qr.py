"""QR codes, of one kind everywhere: medium error correction, never the micro kind that many readers do not know."""

import io

import segno


def _code(text: str) -> segno.QRCode:
    return segno.make(text, error="m", micro=False)


def picture(text: str) -> str:
    """A code as the address of a picture that stands in the page itself."""
    return str(_code(text).svg_data_uri(scale=5, border=3))


def drawing(text: str) -> str:
    """A code as a part of another drawing, without an edge."""
    return str(_code(text).svg_inline(border=0))


def file(text: str) -> bytes:
    """A code as an SVG file of its own."""
    out = io.BytesIO()
    _code(text).save(out, kind="svg", scale=5, border=3)
    return out.getvalue()


def cells(text: str) -> list[list[bool]]:
    """A code as rows of dark and light, for whoever draws it otherwise."""
    return [[bool(cell & 1) for cell in row] for row in _code(text).matrix]
