"""Places, materials, partners, people and reasons of the demonstration plant."""

SITE = ("SZ1", "Shenzhen plant 深圳工厂")
AREA = ("SZ1-EL", "Electronics hall 电子车间")
STORES = [("WH-RAW", "Raw material store 原料仓"), ("WH-FG", "Finished goods store 成品仓")]
# code, name, store it stands in, kind, material it is kept for
BINS = [
    ("WH-DOCK", "Receiving dock 收货区", "WH-RAW", "DOCK", ""),
    ("WH-HOLD", "Blocked stock 隔离区", "WH-RAW", "BLOCKED", ""),
    ("WH-A01", "Rack A, bin 1 A架1号位", "WH-RAW", "STORE", "PCB-100"),
    ("WH-A02", "Rack A, bin 2 A架2号位", "WH-RAW", "STORE", ""),
    ("WH-A03", "Rack A, bin 3 A架3号位", "WH-RAW", "STORE", ""),
]
LINES = [("LINE-1", "Board line 1 控制板一线"), ("LINE-2", "Board line 2 控制板二线")]
STATIONS = [
    ("PLACE", "SMT placement 贴片"), ("REFLOW", "Reflow oven 回流焊"), ("AOI", "Optical inspection AOI"),
    ("SCREW", "Screw assembly 锁螺丝装配"), ("TEST", "Functional test 功能测试"), ("PACK", "Packing 包装"),
]

UNITS = [
    ("C62", "piece", "pcs"), ("GRM", "gram", "g"), ("CEL", "degree Celsius", "°C"), ("P1", "percent", "%"),
    ("2X", "metre per minute", "m/min"), ("NU", "newton metre", "N·m"), ("DD", "degree of angle", "°"),
    ("VLT", "volt", "V"), ("MMT", "millimetre", "mm"),
]

# code, name, use, tracking, unit, shelf life in days
MATERIALS = [
    ("CB-100", "Controller board 控制板", "FINISHED", "LOT", "C62", None),
    ("CB-200", "Motor controller with serial 电机控制器（序列号）", "FINISHED", "SERIAL", "C62", None),
    ("PCB-100", "Bare board 裸板", "RAW", "LOT", "C62", None),
    ("MCU-32", "Microcontroller 主控芯片", "COMPONENT", "LOT", "C62", None),
    ("CAP-10U", "Capacitor 10 µF 电容", "COMPONENT", "LOT", "C62", None),
    ("CON-8", "Connector, 8 pins 连接器", "COMPONENT", "LOT", "C62", None),
    ("PASTE-SAC", "Solder paste SAC305 锡膏", "RAW", "LOT", "GRM", 180),
    ("HOUSING-A", "Aluminium housing 铝外壳", "COMPONENT", "LOT", "C62", None),
    ("SCREW-M3", "Screw M3×8 螺丝", "COMPONENT", "LOT", "C62", None),
    ("SCREW-M3A", "Screw M3×8, stainless 不锈钢螺丝", "COMPONENT", "LOT", "C62", None),
    ("CARTON-S", "Carton, small 小纸箱", "COMPONENT", "LOT", "C62", None),
]

PARTNERS = [
    ("S-HUATIAN", "Huatian Circuits 华天电路", "SUPPLIER"), ("S-LANXIN", "Lanxin Semiconductor 蓝芯半导体", "SUPPLIER"),
    ("S-YUEDA", "Yueda Components 悦达元件", "SUPPLIER"), ("S-BAOLI", "Baoli Hardware 宝利五金", "SUPPLIER"),
    ("C-NORTH", "North Lift Drives 北方电梯", "CUSTOMER"), ("C-HAIYUN", "Haiyun Pumps 海韵泵业", "CUSTOMER"),
]

# Numbers by which partners know a place, a company and our products
GLNS = {"SZ1": "6901234500004", "S-HUATIAN": "6909999900008", "C-NORTH": "6908888800009"}
GTINS = {"CB-100": "06901234500110", "CB-200": "06901234500127", "PCB-100": "06901234500134"}

# material, supplier
SOURCES = {
    "PCB-100": "S-HUATIAN", "MCU-32": "S-LANXIN", "CAP-10U": "S-YUEDA", "CON-8": "S-YUEDA",
    "PASTE-SAC": "S-LANXIN", "HOUSING-A": "S-BAOLI", "SCREW-M3": "S-BAOLI", "CARTON-S": "S-BAOLI",
}

# number, name, roles, badge
PEOPLE = [
    ("planner", "Lin Jia 林佳", ["PLANNER"], None),
    ("operator", "Wang Wei 王伟", ["OPERATOR"], "BADGE-1001"),
    ("operator2", "Zhao Min 赵敏", ["OPERATOR"], "BADGE-1002"),
    ("operator3", "Sun Lei 孙磊", ["OPERATOR"], "BADGE-1003"),
    ("trainee", "He Xin 何欣", ["OPERATOR"], "BADGE-1004"),
    ("leader", "Chen Gang 陈刚", ["TEAM_LEADER", "OPERATOR"], "BADGE-1010"),
    ("inspector", "Li Na 李娜", ["INSPECTOR"], "BADGE-1020"),
    ("engineer", "Zhang Hui 张慧", ["QUALITY_ENGINEER"], None),
    ("manager", "Liu Yang 刘洋", ["QUALITY_MANAGER"], None),
    ("warehouse", "Xu Fang 徐芳", ["WAREHOUSE"], "BADGE-1030"),
    ("maintenance", "Gao Feng 高峰", ["MAINTENANCE"], "BADGE-1040"),
    ("integrator", "Qian Li 钱立", ["INTEGRATOR"], None),
    ("viewer", "Guest 访客", ["VIEWER"], None),
    ("admin", "Administrator 管理员", ["ADMINISTRATOR"], None),
]
# People of other companies, who see their own business only
OUTSIDE = [
    ("supplier", "Fang Min 方敏", "SUPPLIER", "S-HUATIAN"), ("customer", "Ma Rui 马睿", "CUSTOMER", "C-NORTH"),
]
PASSWORD = "zhizao-demo-2026"
PIN = "246810"

QUALIFICATIONS = [
    ("SMT", "SMT operation 贴片操作"), ("SOLDER", "Soldering IPC-A-610 焊接"), ("ASSEMBLY", "Assembly 装配"),
    ("TEST", "Electrical test 电测"),
]
UNTRAINED = {"trainee": {"SOLDER", "TEST"}}

# use, code, name, Chinese name
REASONS = [
    ("SCRAP", "SOLDER", "Cold solder joint", "虚焊"), ("SCRAP", "DAMAGE", "Mechanical damage", "机械损伤"),
    ("REWORK", "BRIDGE", "Solder bridge", "连锡"), ("REWORK", "POLARITY", "Wrong polarity", "极性反"),
    ("DOWNTIME", "CHANGEOVER", "Changeover", "换线"), ("DOWNTIME", "BREAKDOWN", "Breakdown", "设备故障"),
    ("DOWNTIME", "MATERIAL", "Waiting for material", "待料"), ("DOWNTIME", "BREAK", "Break", "休息"),
    ("HOLD", "SUSPECT", "Suspect product", "可疑品"), ("DEFECT", "TORQUE", "Torque out of limits", "扭矩超差"),
    ("DEFECT", "SCRATCH", "Scratch", "划伤"), ("DEFECT", "MASK", "Solder mask damaged", "阻焊破损"),
    ("DEFECT", "STAIN", "Stain", "脏污"),
]

# What OEE counts a stop for these reasons as
LOSSES = {"CHANGEOVER": "SETUP", "BREAKDOWN": "FAILURE", "MATERIAL": "WAITING", "BREAK": "PLANNED"}

# use, group (code, English, Chinese), the reasons under it: man, machine, material, method, environment, measurement
REASON_TREES = [
    ("CAUSE", ("MAN", "People", "人"), [
        ("MAN-NEW", "New at the station", "新员工"), ("MAN-SLIP", "Step forgotten or mixed up", "漏做或做错步骤"),
    ]),
    ("CAUSE", ("MACHINE", "Machine", "机"), [
        ("MACHINE-WEAR", "Wear", "磨损"), ("MACHINE-FAULT", "Part broken", "部件故障"),
        ("MACHINE-SET", "Wrong setting", "设定错误"),
    ]),
    ("CAUSE", ("MATERIAL-C", "Material", "料"), [
        ("MATERIAL-LOT", "Lot differs", "批次差异"), ("MATERIAL-OLD", "Stored too long", "存放超期"),
    ]),
    ("CAUSE", ("METHOD", "Method", "法"), [("METHOD-SOP", "Instruction unclear", "作业指导书不清")]),
    ("CAUSE", ("ENVIRONMENT", "Environment", "环"), [("ENVIRONMENT-AIR", "Temperature or humidity", "温湿度")]),
    ("CAUSE", ("MEASURE", "Measurement", "测"), [("MEASURE-CAL", "Gauge out of calibration", "量具失准")]),
    ("FALSE", ("SIGNAL", "Signal", "信号"), [
        ("SIGNAL-PROBE", "Probe unplugged or loose", "探头松脱"), ("SIGNAL-NOISE", "Disturbance", "干扰"),
    ]),
    ("FALSE", ("RULE", "Rule", "规则"), [
        ("RULE-TIGHT", "Limits too tight", "控制限过严"), ("RULE-KNOWN", "Known and harmless", "已知且无影响"),
    ]),
]
