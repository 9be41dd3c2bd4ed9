"""Routing, recipe, control plan and control charts of the demonstration plant."""

# sequence, operation, name, Chinese name, skill, rework may enter, seconds per piece
SEGMENTS = [
    (10, "PLACE", "SMT placement", "贴片", "SMT", False, "18"),
    (20, "REFLOW", "Reflow soldering", "回流焊", "SOLDER", True, "12"),
    (30, "AOI", "Optical inspection", "光学检测", "SMT", True, "8"),
    (40, "SCREW", "Screw assembly", "锁螺丝装配", "ASSEMBLY", True, "25"),
    (50, "TEST", "Functional test", "功能测试", "TEST", True, "20"),
    (60, "PACK", "Packing", "包装", None, False, "10"),
]

# operation, material, quantity per piece
BILL = [
    ("PLACE", "PCB-100", "1"), ("PLACE", "MCU-32", "1"), ("PLACE", "CAP-10U", "4"), ("PLACE", "PASTE-SAC", "0.5"),
    ("SCREW", "HOUSING-A", "1"), ("SCREW", "SCREW-M3", "6"), ("SCREW", "CON-8", "1"),
    ("PACK", "CARTON-S", "1"),
]

# Listed material, what may be taken instead
SUBSTITUTES = [("SCREW-M3", "SCREW-M3A")]

# Where parts sit in a serial
PLACES = {"MCU-32": "U1", "CAP-10U": "C1, C2, C3, C4", "CON-8": "J1", "SCREW-M3": "S1, S2, S3, S4, S5, S6"}

# Where material is fed from positions: code, kind, material, whether reels are joined
FED_STATION = "L1-PLACE"
POSITIONS = [
    ("L1-F01", "FEEDER", "CAP-10U", True), ("L1-F02", "FEEDER", "MCU-32", False), ("L1-T01", "TANK", "PASTE-SAC", False),
]

INSTRUCTIONS = {
    "PLACE": ("Load bare boards with the notch to the left. Check the paste's time out of the fridge.",
              "裸板缺口朝左放入。检查锡膏回温时间。"),
    "REFLOW": ("Profile SAC305-2. Do not start while a zone is outside its recipe.", "炉温程序 SAC305-2。任一温区超差时不得投板。"),
    "AOI": ("Judge every call of the machine at the review station.", "机器报警点须逐一复判。"),
    "SCREW": ("Six screws, crosswise, 0.60 N·m.", "六颗螺丝，对角锁紧，0.60 N·m。"),
    "TEST": ("Put the board into the fixture, close the lid, start.", "放入治具，合盖，启动测试。"),
    "PACK": ("One board, one antistatic bag, one carton.", "一板一防静电袋一箱。"),
}

# code, name, Chinese name, kind, unit, resolution
PARAMETERS = [
    *((f"reflow_zone{zone}_temperature", f"Reflow zone {zone} temperature", f"回流焊温区{zone}温度", "PROCESS", "CEL",
       "0.01") for zone in range(1, 6)),
    ("conveyor_speed", "Conveyor speed", "链速", "PROCESS", "2X", "0.0001"),
    ("screw_torque", "Screw torque", "锁付扭矩", "PROCESS", "NU", "0.0001"),
    ("screw_angle", "Screw angle", "锁付角度", "PROCESS", "DD", "0.1"),
    ("ambient_temperature", "Ambient temperature", "环境温度", "ENVIRONMENT", "CEL", "0.1"),
    ("ambient_humidity", "Ambient humidity", "环境湿度", "ENVIRONMENT", "P1", "0.1"),
    ("supply_voltage", "Supply voltage 3V3", "3V3 电源电压", "PRODUCT", "VLT", "0.001"),
    ("board_thickness", "Board thickness", "板厚", "PRODUCT", "MMT", "0.01"),
    ("appearance", "Appearance", "外观", "PRODUCT", "C62", "1"),
]

# parameter: reaction, most change within a minute, instruction, Chinese instruction
GOLDEN = {
    "reflow_zone3_temperature": ("MARK", 12.0, "Feed no further board. Check setpoint, thermocouple and blower of zone 3.",
                                 "停止投板。检查温区3的设定值、热电偶与风机。"),
    "reflow_zone4_temperature": ("MARK", 12.0, "Check setpoint and heater of zone 4.", "检查温区4的设定值与加热。"),
    "conveyor_speed": ("ALARM", None, "Check the chain and the drive.", "检查链条与驱动。"),
    "screw_torque": ("MARK", None, "Change the bit, verify the torque tester.", "更换批头并校核扭力仪。"),
}

# operation, parameter, low, target, high
RECIPE = [
    ("REFLOW", "reflow_zone1_temperature", 145.0, 150.0, 155.0), ("REFLOW", "reflow_zone2_temperature", 175.0, 180.0, 185.0),
    ("REFLOW", "reflow_zone3_temperature", 240.0, 245.0, 250.0), ("REFLOW", "reflow_zone4_temperature", 245.0, 250.0, 255.0),
    ("REFLOW", "reflow_zone5_temperature", 110.0, 120.0, 130.0), ("REFLOW", "conveyor_speed", 0.80, 0.85, 0.90),
    ("SCREW", "screw_torque", 0.54, 0.60, 0.66),
]

# code, name, Chinese name, parameter, importance, lower, target, upper
CHARACTERISTICS = [
    ("T-ZONE3", "Peak zone temperature", "峰值温区温度", "reflow_zone3_temperature", "CRITICAL", 240.0, 245.0, 250.0),
    ("T-ZONE4", "Liquidus zone temperature", "液相温区温度", "reflow_zone4_temperature", "SIGNIFICANT", 245.0, 250.0, 255.0),
    ("T-ZONE2", "Soak zone temperature", "保温区温度", "reflow_zone2_temperature", "NORMAL", 175.0, 180.0, 185.0),
    ("V-BELT", "Conveyor speed", "链速", "conveyor_speed", "SIGNIFICANT", 0.80, 0.85, 0.90),
    ("M-SCREW", "Screw torque", "锁付扭矩", "screw_torque", "CRITICAL", 0.54, 0.60, 0.66),
    ("U-3V3", "Supply voltage 3V3", "3V3 电源电压", "supply_voltage", "SIGNIFICANT", 3.23, 3.30, 3.37),
    ("D-PCB", "Board thickness", "板厚", "board_thickness", "NORMAL", 1.50, 1.60, 1.70),
]

# judged by eye: code, name, Chinese name, parameter
LOOKED_AT = [("L-PCB", "Look of the board", "板面外观", "appearance")]

# operation, characteristic, method, sample size, frequency, blocking
PLAN = [
    ("REFLOW", "T-ZONE3", "SPC", 1, "continuous 连续", False), ("REFLOW", "T-ZONE4", "SPC", 1, "continuous 连续", False),
    ("REFLOW", "T-ZONE2", "SPC", 1, "continuous 连续", False), ("REFLOW", "V-BELT", "SPC", 1, "continuous 连续", False),
    ("SCREW", "M-SCREW", "SPC", 5, "continuous 连续", False), ("TEST", "U-3V3", "INSPECTION", 2, "every lot 每批", False),
]

# material, lines of its incoming plan
INCOMING = [("PCB-100", [
    ("RECEIPT", "D-PCB", "INSPECTION", 5, "every lot 每批", False),
    ("RECEIPT", "L-PCB", "INSPECTION", 1, "every lot 每批", False),
])]

# characteristic, what its sampling by AQL is
BY_AQL = {"L-PCB": {"sampling": "AQL", "aql": "1.0", "level": "II", "may_reduce": True}}

# characteristic, rule ("" = any), hold, stop, nonconformance, minutes, instruction, Chinese instruction
REACTIONS = [
    ("T-ZONE3", "", True, True, True, 15,
     "Stop feeding boards. Check the zone's thermocouple and blower, then call the quality engineer.",
     "停止投板。检查该温区热电偶与风机，并通知质量工程师。"),
    ("T-ZONE4", "", True, False, True, 15, "Check heater and blower of zone 4.", "检查温区4加热与风机。"),
    ("T-ZONE2", "", False, False, False, 30, "Watch the trend; tell maintenance.", "关注趋势并通知设备部。"),
    ("V-BELT", "", False, False, False, 30, "Check the chain and the drive.", "检查链条与驱动。"),
    ("M-SCREW", "trend-7", False, False, False, 30, "Check the bit for wear.", "检查批头磨损。"),
    ("M-SCREW", "", True, False, True, 15, "Change the bit, verify the torque tester.", "更换批头并校核扭力仪。"),
]

# characteristic: what is done about its alarms, in order, each with its Chinese, and whether it must be done
STEPS = {
    "T-ZONE3": [
        ("Stop feeding boards.", "停止投板。", True),
        ("Compare the display of zone 3 with the reference thermometer.", "用标准温度计核对温区3显示值。", True),
        ("Check the blower: does it turn, is the filter free?", "检查风机：是否转动、滤网是否堵塞。", True),
        ("Measure the resistance of the heater.", "测量加热管电阻。", False),
        ("Run the profile board and compare it with the last approved profile.", "过炉测温，与上次批准的曲线比对。", True),
    ],
    "M-SCREW": [
        ("Change the bit.", "更换批头。", True),
        ("Verify the torque tester with the reference.", "用标准器校核扭力仪。", True),
        ("Drive ten screws into the test block.", "在试块上打十颗螺丝。", True),
    ],
}

# code, stream, characteristic, kind, subgroup, rules, centre, sigma of a single reading
CHARTS = [
    ("ZONE3-1", "reflow_zone3_temperature", "T-ZONE3", "I_MR", 1, "steady", 245.0, 0.60),
    ("ZONE4-1", "reflow_zone4_temperature", "T-ZONE4", "I_MR", 1, "steady", 250.0, 0.60),
    ("ZONE2-1", "reflow_zone2_temperature", "T-ZONE2", "I_MR", 1, "steady", 180.0, 0.60),
    ("BELT-1", "conveyor_speed", "V-BELT", "I_MR", 1, "steady", 0.85, 0.006),
    ("TORQUE-1", "screw_torque", "M-SCREW", "XBAR_R", 5, "trend", 0.60, 0.0105),
]
