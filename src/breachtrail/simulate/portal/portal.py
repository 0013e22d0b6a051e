"""The stand-in portal, as a test or a person has it in hand."""

from collections.abc import Sequence
from types import TracebackType
from typing import Self

from breachtrail.simulate.portal.balancer import Balancer, Change
from breachtrail.simulate.portal.log import Entry
from breachtrail.simulate.portal.request import PREFIX
from breachtrail.simulate.portal.server import Server
from breachtrail.simulate.portal.state import State
from breachtrail.simulate.portal.switches import Switches


class Portal:
    """A stand-in of the HHS OCR breach portal on the loopback.

        with Portal(State.of(open_rows, archived_rows)) as portal:
            portal.fail("session_lost", kind="export", times=2)
            ...                       # read portal.url + "breach_report_hip.jsf" and so on
            portal.show(next_day)
            assert [entry.fault for entry in portal.fired] == ["session_lost", "session_lost"]

    state:    what the lists hold; ``show`` changes it
    switches: how the portal behaves; ``switch`` changes it
    seed:     of session ids, ViewStates and the like; the same seed and requests give the same answers
    """

    def __init__(
        self, state: State, switches: Switches | None = None, *, host: str = "127.0.0.1", port: int = 0, seed: int = 1
    ) -> None:
        self._balancer = Balancer(state, switches or Switches(), seed)
        self._server, self._host = Server(self._balancer, host, port), host

    def start(self) -> Self:
        """Serve from now on, in a thread of its own. Raises QuestionError where the port cannot be had."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        self.origin = f"http://{host}:{self._server.start()}"
        return self

    def stop(self) -> None:
        self._server.stop()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """The address that the portal's pages lie below, with a slash at its end; ``origin`` is that of the server."""
        return self.origin + PREFIX

    @property
    def switches(self) -> Switches:
        """How it behaves at present."""
        return self._balancer.switches

    def show(self, state: State) -> None:
        """The next day: the lists hold this from now on. Sessions go on."""
        self._balancer.show(state)

    def switch(self, switches: Switches) -> None:
        """Behave otherwise from now on; every session is forgotten."""
        self._balancer.switch(switches)

    def redeploy(self) -> None:
        """Give other generated ids from now on, and forget every session."""
        self._balancer.redeploy()

    def fail(self, fault: str, *, kind: str | None = None, times: int = 1, after: int = 0) -> None:
        """Let the next ``times`` requests of a kind fail, after ``after`` that do not; else of any kind the fault befalls.

        Raises QuestionError for a fault or kind that is not known.
        """
        self._balancer.plan.add(fault, kind, times, after)

    def mend(self) -> None:
        """No fault is to come any more."""
        self._balancer.plan.clear()

    def change(self, change: Change | None) -> None:
        """Change answers as no switch does: given the kind of a request and its Answer, give the Answer to send."""
        self._balancer.change = change or (lambda kind, answer: answer)

    @property
    def delay(self) -> float:
        """Seconds by which the fault ``slow`` is late."""
        return self._balancer.delay

    @delay.setter
    def delay(self, seconds: float) -> None:
        self._balancer.delay = seconds

    @property
    def log(self) -> Sequence[Entry]:
        """Every request so far with its answer, oldest first."""
        return tuple(self._balancer.log)

    @property
    def fired(self) -> Sequence[Entry]:
        """The requests that a fault befell."""
        return tuple(entry for entry in self._balancer.log if entry.fault)

    @property
    def to_come(self) -> Sequence[str]:
        """Names of the faults that are planned and did not happen yet."""
        return tuple(self._balancer.plan.left)

    def forget(self) -> None:
        """Empty the log."""
        self._balancer.log.clear()
