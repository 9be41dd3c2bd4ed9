"""The component tags of the product: `{% load zz %}`, then one tag per file in templates/components/."""

from datetime import date, datetime
from typing import Any

from django import template
from django.template.base import FilterExpression, Node, NodeList, Parser, Token
from django.template.context import Context
from django.template.engine import Engine
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext

from plant.templatetags import zz_prepare, zz_states
from plant.templatetags.zz_numbers import hundredths, num

register = template.Library()

# Tag name -> names of the parameters that may be given by position. Everything else is given by name.
LEAVES: dict[str, tuple[str, ...]] = {
    "icon": ("name",),
    "badge": ("label", "tone", "icon"),
    "button": ("label", "href"),
    "field": ("field",),
    "filter_choice": ("name", "label", "options"),
    "filter_text": ("name", "label"),
    "filter_date": ("name", "label"),
    "filter_moment": ("name", "label"),
    "pager": (),
    "timeline": ("entries",),
    "stat": ("label", "value", "unit"),
    "progress": ("value", "max"),
    "bar": ("start", "percent", "tone"),
    "parts": ("parts",),
    "crumb": ("label", "url"),
    "tab": ("label", "url"),
    "th": ("label",),
    "ref": ("number", "href", "kind"),
    "qr": ("value", "src"),
    "route": ("stages",),
    "steps": ("items",),
    "skeleton": ("lines",),
    "refusal": ("refusal",),
    "scan_box": ("url",),
    "genealogy": ("src",),
    "explorer": ("src",),
    "person": ("person",),
    "lamp": ("label", "state"),
    "chart_tile": ("tile",),
    "board_cards": ("cards",),
    "board_jobs": ("cards",),
    "worksheet": ("sheet",),
}
BLOCKS: dict[str, tuple[str, ...]] = {
    "alert": ("title",),
    "board": ("url",),
    "board_column": ("title", "key"),
    "buttons": (),
    "card": ("title",),
    "chart": ("title", "src"),
    "chart_tiles": (),
    "chart_wall": ("url",),
    "crumbs": (),
    "dialog": ("id", "title"),
    "empty": ("title",),
    "fact": ("label",),
    "facts": (),
    "filters": (),
    "form": ("form",),
    "grid": ("min",),
    "lamps": (),
    "live": ("topic", "url"),
    "page_header": ("title",),
    "panel": ("title",),
    "row": (),
    "section": ("title",),
    "signature": ("id", "title"),
    "split": (),
    "stack": (),
    "table": ("label",),
    "tabs": (),
    "tile": ("label", "value", "unit"),
}
SHARED = ("request", "csrf_token", "live_url")


class Component(Node):
    """Draws templates/components/<name>.html with its own parameters and, for a block, what stands inside it."""

    def __init__(self, name: str, params: dict[str, FilterExpression], nodelist: NodeList | None) -> None:
        self.name = name
        self.params = params
        self.nodelist = nodelist or NodeList()

    def render(self, context: Context) -> SafeString:
        """Draw the component."""
        values: dict[str, Any] = {key: value.resolve(context) for key, value in self.params.items()}
        slots: dict[str, SafeString] = {}
        with context.push(zz_slots=slots):
            values["content"] = SafeString(self.nodelist.render(context).strip())
        values |= slots | {key: context[key] for key in SHARED if key in context}
        values["attrs"] = _attributes(values)
        prepare = zz_prepare.BY_NAME.get(self.name)
        if prepare:
            prepare(values)
        engine = context.template.engine if context.template else Engine.get_default()
        found = engine.get_template(f"components/{self.name}.html")
        return found.render(context.new(values))


class Slot(Node):
    """Keeps its content for a named place of the component around it."""

    def __init__(self, name: str, nodelist: NodeList) -> None:
        self.name = name
        self.nodelist = nodelist

    def render(self, context: Context) -> str:
        """Store the content, draw nothing here."""
        context["zz_slots"][self.name] = SafeString(self.nodelist.render(context).strip())
        return ""


def _attributes(values: dict[str, Any]) -> SafeString:
    """Parameters beginning with hx_, data_ or aria_ become attributes of the component's main element."""
    found = SafeString("")
    for key, value in values.items():
        if key.startswith(("hx_", "data_", "aria_")) and value not in (None, False, ""):
            found += format_html(' {}="{}"', key.replace("_", "-"), value)
    return found


def _compile(name: str, positional: tuple[str, ...], is_block: bool) -> Any:
    def compiled(parser: Parser, token: Token) -> Component:
        params: dict[str, FilterExpression] = {}
        for index, bit in enumerate(token.split_contents()[1:]):
            key, sign, value = bit.partition("=")
            if sign and key.isidentifier():
                params[key] = parser.compile_filter(value)
            elif index < len(positional):
                params[positional[index]] = parser.compile_filter(bit)
            else:
                raise template.TemplateSyntaxError(f"{{% {name} %}}: give {bit!r} by name (see components/README.md)")
        if not is_block:
            return Component(name, params, None)
        nodelist = parser.parse((f"end{name}",))
        parser.delete_first_token()
        return Component(name, params, nodelist)

    return compiled


for _name, _positional in LEAVES.items():
    register.tag(_name, _compile(_name, _positional, is_block=False))
for _name, _positional in BLOCKS.items():
    register.tag(_name, _compile(_name, _positional, is_block=True))


@register.tag
def slot(parser: Parser, token: Token) -> Slot:
    """`{% slot actions %}…{% endslot %}` fills a named place of the component around it."""
    name = token.split_contents()[1].strip("\"'")
    nodelist = parser.parse(("endslot",))
    parser.delete_first_token()
    return Slot(name, nodelist)


@register.inclusion_tag("components/state.html")
def state(value: Any, label: str = "", size: str = "") -> dict[str, Any]:
    """`{% state lot.status %}`: any lifecycle state as colour, icon and word."""
    tone, icon, word = zz_states.look(value)
    return {"tone": tone, "icon": icon, "label": label or word, "size": size}


register.filter("num", num)
register.filter("hundredths", hundredths)


@register.simple_tag
def qty(value: Any, unit: Any = "", places: int | None = None) -> SafeString:
    """`{% qty lot.quantity lot.unit %}`: an amount with its unit, in tabular figures."""
    name = getattr(unit, "symbol", None) or getattr(unit, "code", None) or unit or ""
    return format_html('<span class="qty">{}<span class="qty-unit">{}</span></span>', num(value, places), str(name))


@register.simple_tag
def when(at: datetime | date | None, style: str = "minute") -> SafeString:
    """`{% when lot.made_at %}`: plant time; style minute, second, time, date or ago; distance from now on hover."""
    if at is None:
        return mark_safe('<span class="none">—</span>')
    patterns = {
        "minute": pgettext("date format", "j M Y H:i"),
        "second": pgettext("date format", "j M Y H:i:s"),
        "time": "H:i:s",
        "day": pgettext("date format", "l, j F Y"),
        "date": pgettext("date format", "j M Y"),
        "ago": pgettext("date format", "j M Y H:i"),
    }
    local: date = at
    if isinstance(at, datetime) and timezone.is_aware(at):
        local = timezone.localtime(at)
    words = formats.date_format(local, patterns[style if isinstance(at, datetime) else "date"])
    return format_html('<time datetime="{}" data-when="{}">{}</time>', local.isoformat(), style, words)
