"""How many examples the tests of properties take: the same ones in each run, unless QRDA2QPP_EXAMPLES asks for more."""

import os

from hypothesis import HealthCheck, settings

_EXAMPLES = os.environ.get("QRDA2QPP_EXAMPLES")


def examples(number: int) -> settings:
    """Return settings for a number of examples; with QRDA2QPP_EXAMPLES, for as many others."""
    return settings(
        deadline=None,
        database=None,
        derandomize=_EXAMPLES is None,
        max_examples=int(_EXAMPLES or number),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
    )
