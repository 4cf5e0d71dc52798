"""What is attacked, and what came of it."""

import time
from collections.abc import Callable

from index.errors import Failure
from search.errors import QueryError

SHOWN = 20
AGAIN = 2
"""What took too long may have had to wait for the machine: it is too slow if it takes as long so often again, alone."""


class Target:
    """What is attacked, and what came of it so far. Seconds are those of the processor, but for `waited`."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.cases = self.answered = self.characters = self.failures = self.noise = 0
        self.seconds = self.worst = self.waited = 0.0
        self.slowest = ""

    def attack(self, case: str, work: Callable[[], object], most: float | None = None) -> float:
        """Do `work`; what it raises but for a Failure, and more than `most` seconds, is a failure. Return its time."""
        took, waited = self._timed(case, work)
        if most is not None and took > most:
            before = self.answered, self.failures
            took = min([took, *(self._timed(case, work)[0] for _ in range(AGAIN))])
            self.answered, self.failures = before
            if took > most:
                self.fail(case, f"{took:.2f} s")
        if most is not None and waited > most >= took:
            self.noise += 1
        self.cases, self.characters, self.seconds = self.cases + 1, self.characters + len(case), self.seconds + took
        self.waited = max(self.waited, waited)
        if took > self.worst:
            self.worst, self.slowest = took, case
        return took

    def _timed(self, case: str, work: Callable[[], object]) -> tuple[float, float]:
        began, busy = time.monotonic(), time.process_time()
        try:
            work()
            self.answered += 1
        except QueryError as fault:
            if not 0 <= fault.start <= fault.end <= len(fault.source):
                self.fail(case, f"points at {fault.start}..{fault.end}")
        except Failure:
            pass
        except Exception as fault:  # any other is what is looked for
            self.fail(case, repr(fault)[:200])
        return time.process_time() - busy, time.monotonic() - began

    def fail(self, case: str, why: str) -> None:
        """Count a failure, and print the first of them whole."""
        self.failures += 1
        if self.failures <= SHOWN:
            print(f"  {self.name}: {why}: {case!r} ({len(case):,})", flush=True)

    def __str__(self) -> str:
        return (
            f"| {self.name} | {self.cases:,} | {self.answered:,} | {self.characters:,} | {self.seconds:.0f} "
            f"| {self.worst:.2f} | {self.waited:.2f} ({self.noise}) | {self.failures} "
            f"| {self.slowest[:30]!r} ({len(self.slowest):,}) |"
        )


HEAD = (
    "| target | cases | answered | characters | seconds | slowest, s | waited at most, s (times, for the machine) "
    "| failures | which |"
)
