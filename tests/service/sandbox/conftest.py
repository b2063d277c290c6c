"""One sandbox for all of these tests, begun anew before each."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tests.sandbox_server import RunningSandbox, sandbox


@pytest.fixture(scope="session")
def running() -> Iterator[RunningSandbox]:
    with sandbox(fault_seconds=5.0) as found:
        yield found


@pytest.fixture
def box(running: RunningSandbox) -> RunningSandbox:
    running.state.reset()
    running.state.clock.set(datetime.now(UTC))
    running.client.cookies.clear()
    return running
