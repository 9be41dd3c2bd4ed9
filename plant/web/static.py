"""How long browsers may keep the files that come with the product."""

import re
from wsgiref.headers import Headers

FOREVER = "max-age=315360000, public, immutable"
# The bundler's own pieces carry the hash of their content in capitals: chart.QF3EEXWX.js
PIECE = re.compile(r"/build/[\w-]+\.[A-Z0-9]{8}\.js$")


def keep(headers: Headers, path: str, url: str) -> None:
    """Let pieces of the bundle be kept for good, as every file with a hash in its name is."""
    if PIECE.search(url):
        headers["Cache-Control"] = FOREVER
