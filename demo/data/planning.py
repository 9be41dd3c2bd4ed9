"""What quality planned for the boards: the process FMEA of their family, a design FMEA, an APQP project."""

FAMILY = ("CB", "Controller boards", "控制板", ["CB-100", "CB-200"])
ROUTING = "R-CB-100"

# operation, function, effect, S, failure mode, cause, prevention, O, detection, D, special, characteristic
CHAINS = [
    ("PLACE", "Place every part within 0.1 mm 元件贴装偏差不超过 0.1 mm", "Board does not work 板件失效", 7,
     "Part missing 漏件", "Nozzle worn 吸嘴磨损", "Nozzle changed every 200 h 每 200 小时更换吸嘴", 3,
     "AOI of every board 每板 AOI", 3, "", ""),
    ("PLACE", "Right part at its place 正确元件在正确位置", "Board burns in the field 客户端烧板", 9,
     "Wrong part 错料", "Reel exchanged 料盘换错", "Set-up list scanned 扫码核对上料表", 2,
     "AOI of every board 每板 AOI", 4, "CC", ""),
    ("REFLOW", "Melt the solder between 240 and 250 °C 焊料在 240～250 °C 熔化", "Joint breaks in the field 焊点在客户端断裂", 8,
     "Cold joint 虚焊", "Zone 3 too cold 温区3温度过低", "Recipe locked 炉温程序锁定", 4,
     "Control chart of zone 3 温区3控制图", 5, "CC", "T-ZONE3"),
    ("REFLOW", "Melt the solder between 245 and 255 °C 焊料在 245～255 °C 熔化", "Part ages early 元件早期老化", 6,
     "Overheated part 元件过热", "Zone 4 too hot 温区4温度过高", "Recipe locked 炉温程序锁定", 4,
     "Control chart of zone 4 温区4控制图", 5, "SC", "T-ZONE4"),
    ("REFLOW", "Same time in every zone 各温区时间一致", "Joint ages early 焊点早期老化", 6,
     "Profile out 曲线偏移", "Belt slips 链条打滑", "Chain lubricated weekly 每周润滑链条", 3,
     "Control chart of the belt 链速控制图", 5, "", "V-BELT"),
    ("AOI", "Nothing bad goes on 不良品不流出", "Scratched board at the customer 划伤板件流到客户", 5,
     "Scratch not seen 划伤漏检", "Light too weak 光源过暗", "Lamp changed yearly 每年更换光源", 5,
     "First piece looked at 首件目视", 7, "SC", "L-PCB"),
    ("SCREW", "Six screws at 0.60 N·m 六颗螺丝 0.60 N·m", "Housing opens 外壳松脱", 8,
     "Screw loose 螺丝松动", "Bit worn 批头磨损", "Bit changed every 5,000 screws 每 5000 颗更换批头", 5,
     "Control chart of the torque 扭矩控制图", 4, "CC", "M-SCREW"),
    ("TEST", "3.3 V within 2 % 3.3 V 偏差不超过 2 %", "Processor stops 处理器停机", 7,
     "Voltage out 电压超差", "Regulator out of tolerance 稳压器超差", "Supplier audited 供应商审核", 2,
     "Inspection of each lot 每批检验", 4, "SC", "U-3V3"),
    ("PACK", "Board dry and shielded 防潮防静电", "Board damaged in transit 运输损坏", 5,
     "Bag open 包装袋未封", "Sealer cold 封口温度过低", "Sealer checked each shift 每班点检封口机", 3,
     "Look of the bag 目视包装", 5, "", ""),
]

# the place of its chain (from 0), action, kind, owner, due in days, (what was done, S, O, D)
ACTIONS = [
    (2, "Second thermocouple in zone 3 温区3加装第二支热电偶", "DETECTION", "maintenance", 12, None),
    (6, "Count screws and stop at 5,000 螺丝计数到 5000 颗自动停机", "PREVENTION", "engineer", -2, None),
    (1, "Scan every reel against the list 每盘上料扫码核对", "PREVENTION", "leader", -20,
     ("Scan forced at every feeder 所有飞达强制扫码", 9, 1, 4)),
]

# structure element, function, effect, S, failure mode, cause, prevention, O, detection, D, special
DESIGN = [
    ("Power supply 电源", "3.3 V at 2 A 3.3 V / 2 A", "Processor stops 处理器停机", 8, "Voltage drops 电压跌落",
     "Capacitor too small 电容偏小", "Derating 降额设计", 3, "Load test 负载试验", 4, "SC"),
    ("Connector 连接器", "50 matings 插拔 50 次", "Customer can't connect 客户无法连接", 6, "Pin bends 针脚弯曲",
     "Housing too soft 外壳过软", "Material chosen for 105 °C 选用 105 °C 材料", 4, "Mating test 插拔试验", 5, ""),
    ("Board 电路板", "No creepage at 250 V 250 V 无爬电", "Shock to the user 用户触电", 10, "Creepage too short 爬电距离不足",
     "Slot left out 漏开槽", "Design rule check 设计规则检查", 2, "High-voltage test 耐压试验", 2, "CC"),
]

# code of the check that the next revision of the plan adds: operation, characteristic, trigger, instruction
ADDED = ("AOI", "L-PCB", "FIRST_PIECE", "Look at the first board under the ring light; call quality when it is scratched.",
         "首件在环形灯下目视；有划伤即通知质量。")
