"""Tables of a page as tables on paper: what rooms draw for the screen needs no second description."""

from html.parser import HTMLParser

from plant.printing import Table


def tables(html: str) -> list[Table]:
    """Every table that has rows, under its caption; icons and empty lines go, words stay."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return [table for table in reader.found if table.rows]


class _Reader(HTMLParser):
    """Collects captions, heads and cells; a cell of another table inside a cell does not occur."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Table] = []
        self.title, self.columns, self.numeric = "", list[str](), list[int]()
        self.rows: list[list[str]] = []
        self.row: list[str] = []
        self.words: list[str] | None = None
        self.in_head = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "table":
            self.title, self.columns, self.numeric, self.rows = "", [], [], []
        elif tag == "thead":
            self.in_head = True
        elif tag == "tr":
            self.row = []
        elif tag in ("th", "td", "caption"):
            self.words = []
            if tag == "th" and self.in_head and "data-num" in dict(attrs):
                self.numeric.append(len(self.columns))
        elif self.words is not None and tag == "br":
            self.words.append(" ")

    def handle_data(self, data: str) -> None:
        if self.words is not None:
            self.words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("th", "td", "caption") and self.words is not None:
            self._put(tag, " ".join("".join(self.words).split()))
            self.words = None
        elif tag == "thead":
            self.in_head = False
        elif tag == "tr" and self.row:
            self.rows.append(self.row)
        elif tag == "table":
            self.found.append(Table(self.title, self.columns, self.rows, tuple(self.numeric)))

    def _put(self, tag: str, words: str) -> None:
        if tag == "caption":
            self.title = words
        elif self.in_head:
            self.columns.append(words)
        else:
            self.row.append(words)
