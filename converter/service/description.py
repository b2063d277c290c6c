"""The OpenAPI document: what FastAPI makes of the routes, and what all of them have in common."""

from typing import Any

from fastapi import FastAPI

from converter.service.problems import ProblemDetails


def describe(app: FastAPI) -> None:
    """Let an application describe itself with the shape of its problems, and with the token where one is required."""
    made = app.openapi

    def description() -> dict[str, Any]:
        if app.openapi_schema is None:
            found = made()
            parts = found.setdefault("components", {})
            parts.setdefault("schemas", {})[ProblemDetails.__name__] = ProblemDetails.model_json_schema()
            if app.state.settings.token is not None:
                parts["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
                found["security"] = [{"token": []}]
        assert app.openapi_schema is not None
        return app.openapi_schema

    app.openapi = description  # type: ignore[method-assign]
