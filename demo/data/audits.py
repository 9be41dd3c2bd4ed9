"""The checklists of the demonstration plant: a system audit by clauses, a process audit, a layered one. Own words."""

# code, name, Chinese name, scheme, standard; then (clause, question, Chinese question, lowers the grade)
CHECKLISTS = [
    (("ISO-9001", "System audit", "体系审核", "SYSTEM", "ISO 9001:2015"), [
        ("4.4", "Is it known for each process what goes in, what comes out and who answers for it?",
         "每个过程的输入、输出和负责人是否明确？", False),
        ("6.1", "Were the risks of the process thought through, and does something follow from them?",
         "是否分析了过程风险并采取了应对？", False),
        ("7.1.5", "Is every measuring device that decides about parts within its calibration?",
         "用于判定产品的测量设备是否都在校准有效期内？", False),
        ("7.2", "Can the people at the stations show that they are trained for what they do?",
         "工位人员能否证明其受过相应培训？", False),
        ("7.5", "Do the instructions at the station carry the revision that is in effect?",
         "工位作业指导书是否为现行版本？", False),
        ("8.4", "Is it decided from records which suppliers may deliver?", "是否依据记录决定哪些供应商可以供货？", False),
        ("8.5.2", "Can the lots of a shipped part be named within an hour?", "能否在一小时内查出已发货产品的批次？", False),
        ("8.7", "Does what does not conform stand apart, marked, until somebody has decided?",
         "不合格品是否隔离标识，直至处置？", False),
        ("10.2", "Do actions reach the root cause, and was their effect looked at by somebody else?",
         "措施是否针对根本原因，效果是否由他人验证？", False),
    ]),
    (("PROCESS-SMT", "Process audit of board assembly", "板级装配过程审核", "PROCESS", "VDA 6.3"), [
        ("P6.1", "Is the right material at the line, in the amount that is needed and marked?",
         "产线上的物料是否正确、适量并有标识？", False),
        ("P6.2", "Are the parameters of the oven those of the released recipe?", "炉温参数是否与批准的配方一致？", True),
        ("P6.3", "Does the operator know what to do when a board fails?", "操作员是否知道板不合格时怎么办？", False),
        ("P6.4", "Are tools and fixtures within their life and looked after?", "工装夹具是否在寿命内并得到保养？", False),
        ("P6.5", "Are scrap and rework counted, and is something done about the largest of them?",
         "是否统计报废与返工，并对主要问题采取措施？", True),
    ]),
    (("LPA-LINE", "Layered audit of a line", "产线分层审核", "LAYERED", ""), [
        ("", "Is the first piece of the shift checked and signed?", "班次首件是否已检查并签名？", False),
        ("", "Do lots that are held stand in their own place?", "冻结的批次是否放在指定位置？", False),
        ("", "Does the tablet show the order that is being made?", "平板显示的是否为当前工单？", False),
        ("", "Are the ways clear and the place clean?", "通道是否畅通、现场是否整洁？", False),
    ]),
]
OBJECTIVES = [
    ("Q-CASES", "Few nonconformances", "减少不合格", "CASES", 4, True),
    ("Q-REPEAT", "Nothing comes twice", "杜绝重复发生", "REPEATS", 0, True),
    ("Q-CAPA", "CAPA in time", "CAPA 按期完成", "CAPA_IN_TIME", 90, False),
    ("Q-IQC", "Good deliveries", "来料合格", "INCOMING", 95, False),
    ("Q-COST", "Little failure cost", "降低损失成本", "FAILURE_COST", 1500, True),
    ("Q-AUTO", "Values come in by themselves", "数据自动采集", "CAPTURE", 85, False),
]
RATES = [("SAMPLE", "1.20"), ("CALIBRATION", "180"), ("AUDIT_HOUR", "95"), ("PREVENTION", "240"), ("COMPLAINT", "350")]
COSTS = [("CB-100", "38.50"), ("CB-200", "61"), ("PCB-100", "7.40")]
