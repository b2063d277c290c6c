"""Requests after an OpenAPI document, that fit it or not."""

from collections.abc import Mapping
from typing import Any

from hypothesis import given

from tests.examples import examples


def assert_as_described(address: str, headers: Mapping[str, str] | None = None, **always: str) -> int:
    """Ask each operation of an OpenAPI document often, compare the answers with it, and return how many there are.

    Args:
        address: URL of the document.
        headers: headers of each request.
        always: headers of each answer (with `_` for `-`), and words that they hold.
    """
    import schemathesis  # not above: it takes long to load, also where such a test is not run
    from schemathesis.core.result import Ok
    from schemathesis.specs.openapi.checks import positive_data_acceptance

    tried = 0
    for found in schemathesis.openapi.from_url(address).get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()
        tried += 1

        @examples(20)
        @given(operation.as_strategy())
        def check(case: schemathesis.Case[Any]) -> None:
            answer = case.call(headers=dict(headers or {}))
            # What fits the description need not fit the rules.
            case.validate_response(answer, excluded_checks=[positive_data_acceptance])
            assert all(words in answer.headers[name.replace("_", "-")][0] for name, words in always.items())

        check()
    return tried
