"""The OpenAPI document of the sandbox against the sandbox: requests that fit it or not, and no failure."""

from collections.abc import Iterator

import pytest

from tests.sandbox_server import REGISTRY, RunningSandbox, sandbox
from tests.service.described import assert_as_described

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def described() -> Iterator[RunningSandbox]:
    with sandbox(rate_limit=False, fault_seconds=0.1) as running:
        yield running


def test_no_request_makes_it_fail(described: RunningSandbox) -> None:
    headers = {"Authorization": f"Bearer {REGISTRY}"}
    assert assert_as_described(f"{described.base}/openapi.json", headers, x_not_cms="not CMS") >= 30
    assert not [line for line in described.log if line["event"] == "failure" or line["status"] == 500]
