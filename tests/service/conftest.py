"""One service for all tests that need no settings of their own."""

from collections.abc import Iterator

import pytest

from tests.service.serving import Service, serving


@pytest.fixture(scope="session")
def service() -> Iterator[Service]:
    """A service on this machine without a token."""
    with serving(upload_bytes=4 * 1024 * 1024, idle_seconds=1.5) as running:
        yield running
