"""Two machines that do not exist: how their values move, tenth of a second by tenth of a second, from a seed."""

import math
import random
from abc import ABC, abstractmethod
from itertools import count

from integrations.plc import demo_map
from integrations.plc.tags import Number

TICK = 0.1
OFF, IDLE, RUNNING, ALARM = range(4)
CUT = 2.8  # noise beyond this many sigmas is drawn again: a healthy machine does not cross its own control limits


class Noise:
    """White noise with a small slow part (AR(1)), as a controlled machine shows it."""

    def __init__(self, rng: random.Random, sigma: float, slow: float = 0.1, memory: float = 0.9) -> None:
        self._rng, self._sigma, self._slow, self._memory, self._level = (rng, sigma, sigma * slow, memory, 0.0)

    def draw(self) -> float:
        """The next deviation from the mean."""
        self._level = self._memory * self._level + self._slow * self._normal()
        return self._level + self._sigma * self._normal()

    def _normal(self) -> float:
        return next(value for value in (self._rng.gauss() for _ in count()) if abs(value) <= CUT)


class Follower:
    """A process value that goes to its setpoint with a lag, with noise on top."""

    def __init__(self, rng: random.Random, setpoint: float, sigma: float, lag: float = 0.5) -> None:
        self._noise, self._mean, self._share = (Noise(rng, sigma), setpoint, 1 - math.exp(-TICK / lag))

    def step(self, setpoint: float) -> float:
        """The value a tick later."""
        self._mean += (setpoint - self._mean) * self._share
        return self._mean + self._noise.draw()


class Machine(ABC):
    """What both machines share: state, heartbeat, counted pieces, and the values of their registers by name."""

    plc = ""
    takt = 4.0
    reject_share = 0.01

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(f"{seed}/{self.plc}")
        self.values: dict[str, Number] = {line.name: line.normal for line in demo_map.registers(self.plc)}
        self._left = self.takt

    def step(self) -> None:
        """Live for one tick."""
        self.values["heartbeat"] = (int(self.values["heartbeat"]) + 1) % 65536
        self._measure()
        if self.values["machine_state"] == RUNNING:
            self._left -= TICK
        if self._left <= 0:
            self._left += self.takt
            self._finish("reject_count" if self.rng.random() < self.reject_share else "good_count")

    @abstractmethod
    def _measure(self) -> None:
        """Draw this tick's values."""

    def _finish(self, counter: str) -> None:
        self.values[counter] = (int(self.values[counter]) + 1) % 2**32


class Oven(Machine):
    """A reflow oven: five zones, a conveyor, and the air around it."""

    plc = "A"

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self._zones = {zone: Follower(self.rng, normal, 0.4) for zone, normal in demo_map.ZONES.items()}
        self._conveyor = Follower(self.rng, 0.85, 0.004)
        self._air = Noise(self.rng, 0.05, 0.2, 0.999)
        self._damp = Noise(self.rng, 0.15, 0.2, 0.999)

    def _measure(self) -> None:
        for zone, follower in self._zones.items():
            self.values[f"zone{zone}_temperature"] = follower.step(self.values[f"zone{zone}_setpoint"])
        self.values["conveyor_speed"] = max(self._conveyor.step(self.values["conveyor_setpoint"]), 0.0)
        self.values["ambient_temperature"] = 23.5 + self._air.draw()
        self.values["ambient_humidity"] = 46.0 + self._damp.draw()


class Screwdriver(Machine):
    """An assembly cell: six screws a board, each with torque and angle."""

    plc = "B"
    takt = 0.5
    screws = 6

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self._torque = Follower(self.rng, 0.60, 0.008)
        self._angle = Noise(self.rng, 9.0)

    def _measure(self) -> None:
        self.values["screw_torque"] = max(self._torque.step(self.values["torque_setpoint"]), 0.0)
        self.values["screw_angle"] = 720.0 + self._angle.draw()

    def _finish(self, counter: str) -> None:
        super()._finish("cycle_count")
        if self.values["cycle_count"] % self.screws == 0:
            super()._finish(counter)
