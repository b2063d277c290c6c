"""The OpenAPI document against the service: thousands of requests that fit it or not, and no failure of the service."""

from collections.abc import Iterator

import pytest

from tests.service.described import assert_as_described
from tests.service.serving import Service, serving

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def described() -> Iterator[Service]:
    with serving(workers=2) as running:
        yield running


def test_no_request_makes_it_fail(described: Service) -> None:
    assert assert_as_described(f"http://127.0.0.1:{described.port}/api/v1/openapi.json") >= 14
    assert not [line for line in described.log if line["event"] == "failure" or line["status"] == 500]
