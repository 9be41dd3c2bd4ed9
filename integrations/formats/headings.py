"""What columns are called where no table of ours tells it, and how else other systems call them."""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

WORDS: dict[str, Any] = {
    "code": _("Code"), "number": _("Number"), "name": _("Name"), "material": _("Material"), "quantity": _("Quantity"),
    "unit": _("Unit"), "due_at": _("Due"), "priority": _("Priority"), "customer": _("Customer"), "site": _("Site"),
    "supplier": _("Supplier"), "supplier_lot": _("Supplier's lot"), "expires_at": _("Expires"), "place": _("Place"),
    "release": _("Make work orders at once"), "parent": _("Stands in"), "level": _("Level"), "active": _("Active"),
    "line": pgettext_lazy("of an order", "Line"), "operation": _("Operation"), "station": _("Station"),
    "characteristic": _("Characteristic"), "value": _("Value"), "inspection": _("Inspection"), "reason": _("Reason"),
    "address": _("Address"), "lot": _("Lot"), "good": _("Good"), "scrap": _("Scrap"), "rework": _("Rework"),
}
# Words whose tables call them less clearly than a file should.
OWN = {"due_at", "release", "supplier_lot"}
# Headings of other systems' files, all in small letters.
ALSO: dict[str, tuple[str, ...]] = {
    "code": ("id", "item", "item code", "item no", "part no", "part number", "material code", "编号", "编码", "代码",
             "物料编码", "物料编号", "料号", "物料代码", "设备编号", "设备编码", "供应商编码", "客户编码"),
    "number": ("no", "no.", "order", "order no", "order number", "work order", "单号", "编号", "订单号", "工单号",
               "生产订单", "生产订单号", "批号", "批次号", "lot no", "lot number", "batch"),
    "name": ("description", "名称", "物料名称", "品名", "描述", "设备名称"),
    "material": ("item", "item code", "part no", "part number", "product", "material code", "物料", "物料编码", "料号",
                 "产品", "产品编码"),
    "quantity": ("qty", "amount", "order qty", "数量", "订单数量", "计划数量", "件数"),
    "unit": ("uom", "unit of measure", "单位", "计量单位", "基本单位"),
    "due_at": ("due", "due date", "delivery date", "required date", "交期", "交货日期", "完工日期", "需求日期"),
    "priority": ("prio", "优先级"), "customer": ("customer code", "客户", "客户编码"),
    "supplier": ("vendor", "supplier code", "供应商", "供应商编码"),
    "supplier_lot": ("vendor lot", "supplier batch", "供应商批次", "供应商批号"),
    "expires_at": ("expiry", "expiry date", "best before", "有效期", "失效日期", "有效期至"),
    "place": ("location", "bin", "库位", "仓位", "货位"), "gtin": ("ean", "barcode", "条码"),
    "parent": ("上级", "上级设备", "所属"), "level": ("层级", "类型"), "active": ("enabled", "启用", "有效"),
    "use": ("type", "物料类型", "用途"), "tracking": ("追溯方式", "管理方式"),
    "shelf_life_days": ("shelf life", "保质期", "保质期天数"), "line": ("line no", "行号", "项次"),
}


def own(name: str) -> Any:
    """Our own heading, where it is better than the table's."""
    return WORDS[name] if name in OWN else None


def word(name: str, group: str = "") -> Any:
    """A heading for a word; what stands in a list says of which."""
    plain = WORDS.get(name) or capfirst(name.replace("_", " "))
    return plain if not group or group == "lines" else f"{capfirst(group)}: {plain}"


def also(name: str) -> set[str]:
    """How else it may be headed."""
    part = name.rpartition(".")[2]
    return {*ALSO.get(part, ()), name.replace("_", " ").casefold(), part.replace("_", " ").casefold()}
