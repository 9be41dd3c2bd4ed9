"""The documents of the demonstration plant: number, kind, titles, issuer, edition, and a few lines of text."""

DOCUMENTS = [
    ("SOP-QM-08", "PROCEDURE", "Handling of nonconforming product", "不合格品控制程序", "", "", [
        "1. Whoever finds a nonconforming piece holds its lot at once.", "1. 发现不合格品者立即冻结其批次。",
        "2. Quality decides about every piece and signs.", "2. 质量人员对每件作出处置并签署。",
        "3. What is returned goes to blocked stock first.", "3. 退货先进入隔离区。"]),
    ("WI-PACK-01", "INSTRUCTION", "Packing of controller boards", "控制板包装作业指导书", "", "", [
        "Twenty boards of one lot in a carton, connectors upwards.", "每箱同一批次 20 块，连接器朝上。",
        "Scan the carton label back before it leaves the station.", "离开工位前回扫箱标签。"]),
    ("WI-SCREW-02", "INSTRUCTION", "Torque of M3 screws", "M3 螺丝扭矩作业指导书", "", "", [
        "0.60 N·m, in the order of the drawing.", "扭矩 0.60 N·m，按图纸顺序。"]),
    ("SPEC-NL-4711", "SPEC", "Delivery specification of lift drives", "电梯驱动交付规范", "North Lift Drives 北方电梯",
     "C/2025-11", ["Boards are traceable to the reflow profile.", "控制板须可追溯至回流焊曲线。"]),
    ("DRW-CB100", "DRAWING", "Controller board, assembly", "控制板装配图", "", "", ["Assembly drawing.", "装配图。"]),
]
