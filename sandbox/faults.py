"""Faults on demand: the next calls of a method are slow, refused, or cut off."""

import random
from dataclasses import dataclass, field
from typing import Any

from sandbox.kinds import Json

OF_DOWNLOADS = ("403", "404", "sign_in", "cut")
KINDS = ("slow", "500", "429", "drop_before", "drop_after", *OF_DOWNLOADS)


@dataclass
class Fault:
    """`method` is a Web API method, `response_url`, `upload`, `download` or `*`; `delay` is in
    seconds.

    drop_before closes the connection before anything is written, drop_after when all is written.
    For downloads alone: sign_in shows the sign-in page as if it were the file, cut gives its first
    half.
    """

    method: str
    kind: str
    times: int = 1
    probability: float = 1.0
    delay: float = 1.0


@dataclass
class Faults:
    """The faults in waiting; `choose` takes one for a call, if one is due."""

    waiting: list[Fault] = field(default_factory=list)
    dice: random.Random = field(default_factory=lambda: random.Random(7))

    def add(self, spec: Json) -> Fault:
        """Read and keep one fault; raises ValueError on an unknown kind or key."""
        fault = _read(spec)
        self.waiting.append(fault)
        return fault

    def clear(self) -> None:
        self.waiting.clear()

    def choose(self, method: str) -> Fault | None:
        """The fault this call suffers; a fault is used up after its `times`."""
        for fault in self.waiting:
            if fault.method in (method, "*") and self.dice.random() < fault.probability:
                fault.times -= 1
                if fault.times <= 0:
                    self.waiting.remove(fault)
                return fault
        return None


def _read(spec: dict[str, Any]) -> Fault:
    known = {"method", "kind", "times", "probability", "delay"}
    if set(spec) - known or spec.get("kind") not in KINDS:
        raise ValueError(f"a fault has {sorted(known)}; kind is one of {', '.join(KINDS)}")
    if spec["kind"] in OF_DOWNLOADS and spec.get("method") != "download":
        raise ValueError(f"{spec['kind']} is a fault of the method download")
    return Fault(
        method=str(spec.get("method", "*")),
        kind=str(spec["kind"]),
        times=int(spec.get("times", 1)),
        probability=float(spec.get("probability", 1.0)),
        delay=float(spec.get("delay", 1.0)),
    )
