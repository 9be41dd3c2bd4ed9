"""What a browser posts of a page: the fields of its form as they stand."""

from html.parser import HTMLParser


class Entered(HTMLParser):
    """Reads fields and what stands in them; what is in a template is no part of the page."""

    def __init__(self, page):
        super().__init__()
        self.fields, self.templates, self.area, self.choice = {}, 0, None, None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        said = dict(attrs)
        name = said.get("name")
        self.templates += tag == "template"
        if self.templates or (tag not in ("option",) and not name):
            return
        if tag == "input" and said.get("type") not in ("checkbox", "radio", "submit", "file"):
            self.fields.setdefault(name, []).append(said.get("value", ""))
        elif tag == "input" and "checked" in said:
            self.fields.setdefault(name, []).append(said.get("value", "on"))
        elif tag == "textarea":
            self.area = name
            self.fields[name] = [""]
        elif tag == "select":
            self.choice = name
        elif tag == "option" and self.choice and ("selected" in said or self.choice not in self.fields):
            self.fields[self.choice] = [said.get("value", "")]

    def handle_endtag(self, tag):
        self.templates -= tag == "template"
        self.area = None if tag == "textarea" else self.area
        self.choice = None if tag == "select" else self.choice

    def handle_data(self, data):
        if self.area and not self.templates:
            self.fields[self.area][0] += data


def entered(page):
    """The fields of a page; text areas lose their first line break and break lines as browsers do."""
    texts = Entered(page).fields
    return {name: [one.removeprefix("\n").replace("\n", "\r\n") for one in found] for name, found in texts.items()}
