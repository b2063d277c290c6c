"""An API in memory whose answers a test writes itself: what CMS may do and the sandbox does not."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import httpx

Answering = Callable[[httpx.Request], httpx.Response | None]
SUBMISSIONS = "/api/submissions/submissions"


@dataclass
class Scripted:
    """Keeps measurement sets, and answers as told.

    Attributes:
        sets: what is stored, by id.
        rows: what answers a call that changes something in place of the usual answer, one for each such call; None for
            the usual one.
        shows: makes of the stored sets what a reading call gets to see.
        reads: how often it was read.
        submitter: id that a set gets.
        year: the performance year as answers write it.
    """

    sets: dict[str, dict[str, Any]] = field(default_factory=dict)
    rows: list[Answering | None] = field(default_factory=list)
    shows: Callable[[list[dict[str, Any]]], list[dict[str, Any]]] = lambda sets: sets
    reads: int = 0
    submitter: str = "us"
    year: Any = 2025
    score: Answering = lambda _: httpx.Response(200, json={"data": {"score": {"value": 5}}})

    @property
    def transport(self) -> httpx.MockTransport:
        return httpx.MockTransport(self.answer)

    def answer(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path
        if path.endswith("/validate-submission"):
            return httpx.Response(201, json={"data": {}})
        if path.endswith("/score"):
            found = self.score(request)
            assert found is not None
            return found
        if request.method == "GET":
            self.reads += 1
            one = {"id": "s1", "performanceYear": self.year, "measurementSets": self.shows(list(self.sets.values()))}
            return httpx.Response(200, json={"data": {"totalItems": 1, "submissions": [one]}})
        row = self.rows.pop(0) if self.rows else None
        found = row(request) if row else None
        return self.change(request) if found is None else found

    def change(self, request: httpx.Request) -> httpx.Response:
        """Do what a call asks for."""
        name = request.url.path.rpartition("/")[2]
        if request.method == "DELETE":
            gone = self.sets.pop(name, None)
            return httpx.Response(204 if gone else 404)
        number = name if request.method == "PUT" else f"m{len(self.sets)}"
        self.sets[number] = {**json.loads(request.content), "id": number, "submitterId": self.submitter}
        status = 200 if request.method == "PUT" else 201
        return httpx.Response(status, json={"data": {"measurementSet": self.sets[number]}})


def status(number: int, body: Any = None) -> Answering:
    """Answer with a status, and change nothing."""
    return lambda _: httpx.Response(number, json=body)


def fails(error: Exception) -> Answering:
    """Break off, and change nothing."""

    def answering(_: httpx.Request) -> httpx.Response:
        raise error

    return answering
