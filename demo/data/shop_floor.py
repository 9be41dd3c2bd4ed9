"""Skills, shifts, checks and stops of the demonstration plant's people, and the sensor board that they check."""

# person, skill: level (1 learns … 4 trains others), days until it runs out, trained by, evidence
SKILLS = {
    ("leader", "SMT"): (4, 400, "", "IPC-CIT-0417"), ("leader", "SOLDER"): (4, 210, "", "IPC-CIT-0418"),
    ("operator", "SMT"): (3, 275, "leader", "TR-2026-031"), ("operator", "SOLDER"): (2, 24, "leader", "IPC-CIS-2291"),
    ("operator2", "SOLDER"): (3, 275, "leader", "IPC-CIS-2304"), ("operator2", "TEST"): (4, 320, "", "TR-2025-118"),
    ("operator3", "ASSEMBLY"): (3, 150, "leader", "TR-2026-044"), ("operator3", "TEST"): (2, 17, "operator2", "TR-2026-052"),
    ("trainee", "ASSEMBLY"): (2, 275, "operator3", "TR-2026-088"), ("trainee", "TEST"): (1, 90, "operator2", "TR-2026-101"),
}

# person, line, shift, station ("" = where needed), weekdays (Monday is 0)
ROSTER = [
    ("operator", "LINE-1", "Day shift", "L1-PLACE", range(6)), ("leader", "LINE-1", "Day shift", "", range(5)),
    ("trainee", "LINE-1", "Day shift", "L1-SCREW", range(3)), ("trainee", "LINE-2", "Day shift", "L2-TEST", (3, 4)),
    ("operator2", "LINE-2", "Day shift", "L2-AOI", range(6)), ("operator3", "LINE-1", "Night shift", "L1-PLACE", range(6)),
]

# A product with a short routing, whose operations are checked by rule
PRODUCT = ("CB-110", "Sensor board 传感器板", 10)
ROUTE = [
    (10, "PLACE", "SMT placement", "贴片", "SMT", False, "14"), (30, "AOI", "Optical inspection", "光学检测", "SMT", True, "8"),
    (50, "TEST", "Functional test", "功能测试", "TEST", True, "20"),
]

OHM = ("B49", "kiloohm", "kΩ")
COMPONENT = "Temperature sensor NTC 10 kΩ 温度传感器"
# code, name, Chinese name, lower, target, upper
RESISTANCE = ("R-NTC", "Resistance at 25 °C", "25 °C 电阻", 9.9, 10.0, 10.1)

# operation, name, Chinese name, when, every, work waits, somebody else approves, what to do, in Chinese,
# value asked for (English, Chinese, unit, low, high)
RULES = [
    ("PLACE", "Paste print of the first board", "首板锡膏印刷", "FIRST_PIECE", None, True, False,
     "Look at ten pads under the microscope; measure the height of the paste.", "显微镜查看十个焊盘，测量锡膏厚度。",
     ("Paste height", "锡膏厚度", "MMT", "0.10", "0.14")),
    ("TEST", "First piece", "首件", "FIRST_PIECE", None, True, True,
     "Measure the sensor's output at 25 °C against the reference. An inspector approves it.",
     "25 °C 下对照标准件测量传感器输出，由检验员批准。", ("Output at 25 °C", "25 °C 输出电压", "VLT", "1.20", "1.30")),
    ("TEST", "Needle bed patrol", "针床巡检", "PIECES", 10, False, False,
     "Brush the needles, count the bent ones.", "清刷探针，点数弯针。", ("Bent needles", "弯针数", "C62", "0", "2")),
]

FAILED = "Output too low: needle 14 bent. 输出偏低：14 号探针弯曲。"
MENDED = "Needle changed. 已更换探针。"
LEFT_OUT = "Fixture goes to the tool shop after this lot. 本批后治具送修。"

STOP = "Smell of burning at the screwdriver's controller. 电批控制器有焦味。"
CABLE = ("Change the supply cable of the controller. 更换控制器电源线。", "Cable changed, insulation 210 MΩ. 已换线，绝缘 210 MΩ。")
AISLE = "Fix the cable duct so that no trolley runs over it. 固定线槽，避免推车碾压。"
GO_ON = "Ran half an hour without load, no smell. 空载运行半小时，无异味。"

NOTES = {
    "LINE-1": "Feeder L1-F01 jams at the splice: peel the cover tape by hand. 上料位 L1-F01 接料处卡带，请手动揭开盖带。\n"
              "ERP-2700 is urgent, lots wait at the oven. ERP-2700 加急，回流炉前有批次等待。",
    "LINE-2": "Screwdriver runs again since the cable was changed; tell the leader if it smells. 换线后电批已恢复，如有异味请告知班长。",
}
