"""Small published examples, so that nothing is proved empty where the conformance data is absent."""

FLOW_RATE = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
"""NIST/SEMATECH e-Handbook 6.3.2.2: centre 50.81, mean moving range 1.8778, limits 45.8154 and 55.8041 (d2 1.128)."""

EWMA_TEMPERATURES = [
    52.0, 47.0, 53.0, 49.3, 50.1, 47.0, 51.0, 50.1, 51.2, 50.5, 49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6,
    52.1,
]  # fmt: skip
"""NIST 6.3.2.4: lambda 0.3 about 50 with s 2.0539; limits 52.5884 and 47.4115, last EWMA 51.99."""

WAFERS = [16, 14, 28, 16, 12, 20, 10, 12, 10, 17, 19, 17, 14, 16, 15, 13, 14, 16, 11, 20, 11, 19, 16, 31, 13]
"""NIST 6.3.3.1: c-bar 16, limits 4 and 28; the third wafer lies on the limit and is in, only the 24th is out."""

CUSUM_READINGS = [
    324.925, 324.675, 324.725, 324.350, 325.350, 325.225, 324.125, 324.525, 325.225, 324.600, 324.625, 325.150, 328.325,
    327.250, 327.825, 328.500, 326.675, 327.775, 326.875, 328.350,
]  # fmt: skip
"""NIST 6.3.2.3: target 325, h 4.1959, k 0.3175; the upper sum is 3.01 at group 13, 4.94 at 14: out from there on."""

PISTON_ROWS = [
    [74.030, 74.002, 74.019, 73.992, 74.008], [73.995, 73.992, 74.001, 74.011, 74.004],
    [73.988, 74.024, 74.021, 74.005, 74.002], [74.002, 73.996, 73.993, 74.015, 74.009],
    [73.992, 74.007, 74.015, 73.989, 74.014],
]  # fmt: skip
"""Montgomery, Introduction to SQC, table of piston rings, its first five subgroups."""
