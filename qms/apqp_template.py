"""What an APQP project delivers, phase by phase, and what of it a PPAP submission holds. Data only.

Sources: AIAG APQP 2nd edition (phases and their outputs), AIAG PPAP 4th edition (section 2.2: the 18 requirements;
table 4.2: S submitted, R kept at the maker, * kept and submitted on request, by submission level 1 to 5).
"""

from typing import NamedTuple


class Item(NamedTuple):
    """A deliverable: its phase, name, Chinese name, PPAP requirement (0: none), whether the gate waits for it, and
    whether reports of design (DV) or product validation (PV) prove it."""

    phase: int
    name: str
    name_zh: str
    element: int = 0
    is_required: bool = True
    proof: str = ""


class Element(NamedTuple):
    """One of the 18 requirements of PPAP, and what each submission level asks of it."""

    number: int
    name: str
    name_zh: str
    levels: str


PHASES: dict[int, tuple[str, str]] = {
    1: ("Plan and define", "策划与定义"),
    2: ("Product design and development", "产品设计与开发"),
    3: ("Process design and development", "过程设计与开发"),
    4: ("Product and process validation", "产品与过程确认"),
    5: ("Feedback, assessment, corrective action", "反馈、评定与纠正措施"),
}
ELEMENTS = (
    Element(1, "Design records", "设计记录", "RSS*R"),
    Element(2, "Engineering change documents", "工程变更文件", "RSS*R"),
    Element(3, "Customer engineering approval", "顾客工程批准", "RRS*R"),
    Element(4, "Design FMEA", "设计 FMEA", "RRS*R"),
    Element(5, "Process flow diagram", "过程流程图", "RRS*R"),
    Element(6, "Process FMEA", "过程 FMEA", "RRS*R"),
    Element(7, "Control plan", "控制计划", "RRS*R"),
    Element(8, "Measurement system analysis", "测量系统分析", "RRS*R"),
    Element(9, "Dimensional results", "尺寸结果", "RSS*R"),
    Element(10, "Material and performance test results", "材料与性能试验结果", "RSS*R"),
    Element(11, "Initial process studies", "初始过程研究", "RRS*R"),
    Element(12, "Qualified laboratory documentation", "合格实验室文件", "RSS*R"),
    Element(13, "Appearance approval report", "外观批准报告", "SSS*R"),
    Element(14, "Sample production parts", "生产件样品", "RSS*R"),
    Element(15, "Master sample", "标准样品", "RRR*R"),
    Element(16, "Checking aids", "检查辅具", "RRR*R"),
    Element(17, "Customer-specific requirements", "顾客特殊要求", "RRS*R"),
    Element(18, "Part submission warrant", "零件提交保证书", "SSSSR"),
)
DELIVERABLES = (
    Item(1, "Voice of the customer and requirements", "顾客之声与要求"),
    Item(1, "Feasibility study", "可行性研究"),
    Item(1, "Design, reliability and quality goals", "设计、可靠性与质量目标"),
    Item(1, "Preliminary bill of materials and process flow", "初始材料清单与过程流程"),
    Item(1, "Preliminary list of special characteristics", "特殊特性初始清单"),
    Item(1, "Timing plan and team", "时间计划与团队"),
    Item(2, "Design FMEA", "设计 FMEA", 4),
    Item(2, "Drawings and specifications", "图样与规范", 1),
    Item(2, "Engineering change documents", "工程变更文件", 2, is_required=False),
    Item(2, "Design review", "设计评审"),
    Item(2, "Prototype control plan", "样件控制计划", is_required=False),
    Item(2, "Design verification (DV) plan and reports", "设计验证（DV）计划与报告", proof="DV"),
    Item(2, "Customer engineering approval", "顾客工程批准", 3, is_required=False),
    Item(3, "Process flow diagram", "过程流程图", 5),
    Item(3, "Floor plan and work stations", "车间平面布置与工位"),
    Item(3, "Process FMEA", "过程 FMEA", 6),
    Item(3, "Pre-launch control plan", "试生产控制计划"),
    Item(3, "Work instructions", "作业指导书"),
    Item(3, "Measurement systems plan", "测量系统分析计划"),
    Item(3, "Packaging specification", "包装规范"),
    Item(3, "Checking aids", "检查辅具", 16, is_required=False),
    Item(4, "Production trial run", "试生产"),
    Item(4, "Measurement system analysis", "测量系统分析", 8),
    Item(4, "Initial process studies", "初始过程研究", 11),
    Item(4, "Dimensional results", "尺寸结果", 9),
    Item(4, "Material and performance tests: product validation (PV) reports", "材料与性能试验：产品确认（PV）报告", 10,
         proof="PV"),
    Item(4, "Qualified laboratory documentation", "合格实验室文件", 12),
    Item(4, "Appearance approval report", "外观批准报告", 13, is_required=False),
    Item(4, "Sample production parts", "生产件样品", 14),
    Item(4, "Master sample", "标准样品", 15),
    Item(4, "Customer-specific requirements", "顾客特殊要求", 17, is_required=False),
    Item(4, "Production control plan", "生产控制计划", 7),
    Item(4, "Part submission warrant (PSW)", "零件提交保证书（PSW）", 18),
    Item(5, "Reduced variation", "减少变差"),
    Item(5, "Customer satisfaction and delivery", "顾客满意与交付"),
    Item(5, "Lessons learned, back into FMEA", "经验教训反馈到 FMEA"),
)
LEVELS = range(1, 6)


def asks(element: int, level: int) -> str:
    """S, R or * for a requirement at a submission level; empty for what is no requirement of PPAP."""
    return ELEMENTS[element - 1].levels[level - 1] if element else ""
