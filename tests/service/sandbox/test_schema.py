"""The OpenAPI document of the sandbox against the sandbox: requests that fit it or not, and no failure."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests.sandbox_server import REGISTRY, RunningSandbox, sandbox

pytestmark = pytest.mark.long
EXAMPLES = int(os.environ.get("QRDA2QPP_EXAMPLES", "20"))


@pytest.fixture(scope="module")
def described() -> Iterator[RunningSandbox]:
    with sandbox(rate_limit=False, fault_seconds=0.1) as running:
        yield running


def test_no_request_makes_it_fail(described: RunningSandbox) -> None:
    import schemathesis  # not above: it takes long to load, also where this test is not run
    from schemathesis.core.result import Ok
    from schemathesis.specs.openapi.checks import positive_data_acceptance

    schema = schemathesis.openapi.from_url(f"{described.base}/openapi.json")
    tried = 0
    for found in schema.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()
        tried += 1

        @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(operation.as_strategy())
        def check(case: schemathesis.Case[Any]) -> None:
            answer = case.call(headers={"Authorization": f"Bearer {REGISTRY}"})
            # What fits the description need not fit the rules.
            case.validate_response(answer, excluded_checks=[positive_data_acceptance])
            assert "not CMS" in answer.headers["x-not-cms"][0]

        check()
    assert tried >= 30
    assert not [line for line in described.log if line["event"] == "failure" or line["status"] == 500]
