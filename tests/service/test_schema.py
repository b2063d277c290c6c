"""The OpenAPI document against the service: thousands of requests that fit it or not, and no failure of the service."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from tests.service.serving import Service, serving

pytestmark = pytest.mark.long
EXAMPLES = int(os.environ.get("QRDA2QPP_EXAMPLES", "20"))


@pytest.fixture(scope="module")
def described() -> Iterator[Service]:
    with serving(workers=2) as running:
        yield running


def test_no_request_makes_it_fail(described: Service) -> None:
    import schemathesis  # not above: it takes long to load, also where this test is not run
    from schemathesis.core.result import Ok
    from schemathesis.specs.openapi.checks import positive_data_acceptance

    schema = schemathesis.openapi.from_url(f"http://127.0.0.1:{described.port}/api/v1/openapi.json")
    tried = 0
    for found in schema.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()
        tried += 1

        @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(operation.as_strategy())
        def check(case: schemathesis.Case[Any]) -> None:
            case.call_and_validate(excluded_checks=[positive_data_acceptance])  # a file need not be a document

        check()
    assert tried >= 14
    assert not [line for line in described.log if line["event"] == "failure" or line["status"] == 500]
