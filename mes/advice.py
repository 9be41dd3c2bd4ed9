"""What a machine's failures say of its maintenance plans. Pure."""

import math
from datetime import timedelta

FEWEST = 3  # fewer failures say nothing


def interval(planned: timedelta, mtbf: timedelta | None, failures: int) -> timedelta | None:
    """A shorter interval of run time, where the planned one is longer than the mean time between failures.

    Where failures come at random, half of the stretches between them are shorter than ln 2 times their mean: work at
    that interval comes before every second failure. None where too little failed, or the plan is short enough.
    """
    if mtbf is None or failures < FEWEST or planned <= mtbf:
        return None
    return math.log(2) * mtbf
