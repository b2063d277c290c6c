"""The way of one file: validated, compared with what is stored, sent after the plan was agreed to, and recorded."""

import contextlib
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from converter.delivery import calls
from converter.delivery.answers import Answer, Failure
from converter.delivery.calls import Identity
from converter.delivery.client import Client
from converter.delivery.ledger import close_receipt, close_unfinished
from converter.delivery.plan import Plan, Step, no_plan, plan_to_send, plan_to_withdraw
from converter.delivery.private_files import private_folder
from converter.delivery.reading import read_held
from converter.delivery.receipts import (
    ENDED,
    INTERRUPTED,
    Receipt,
    Sent,
    failure_members,
    identity_digest,
    new_receipt,
    score_members,
    stamp,
)
from converter.delivery.sending import Delivery, Outcome, SetResult, exit_code
from converter.delivery.set_values import Held, Wanted, wanted_of
from converter.errors import ConverterError, UsageError
from converter.findings.mask import masked_text
from converter.result import Result

STATEMENT = "To the best of my knowledge, the data that is submitted is true, accurate and complete."
"""What is certified before data goes to production."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file that may be sent.

    Attributes:
        name: its name.
        data: its bytes.
        wanted: the submission in it.
        sent: what its receipt says about it.
    """

    name: str
    data: bytes = field(repr=False)
    wanted: Wanted
    sent: Sent


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of a file.

    Attributes:
        results: what became of each set.
        submission_id: id of the submission, or None.
        score: the score as CMS answers it, why it could not be read, or None if it was not asked for.
        receipt: where the receipt is kept.
        code: 0 everything is stored and verified, 1 nothing is stored, 4 a part is or may be.
        problem: what stopped the run, or could not be done besides, in a sentence; empty if nothing.
    """

    results: tuple[SetResult, ...]
    submission_id: str | None
    score: Mapping[str, Any] | Failure | None
    receipt: Path
    code: int
    problem: str = ""


def prepared(name: str, data: bytes, result: Result) -> Prepared | None:
    """Return a file that was checked as it may be sent; None if it has no submission, or not just one."""
    if not result.ok:
        return None
    try:
        text = result.to_json()
    except UsageError:
        return None
    submission = json.loads(text)
    if not submission.get("measurementSets"):
        return None
    digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
    sent = Sent(name, result.sha256, digest, result.report(complete=False).catalog_date)
    return Prepared(name, data, wanted_of(submission), sent)


def tins_of(submission: object) -> frozenset[str]:
    """Return every TIN in a submission."""
    if isinstance(submission, Mapping):
        own = submission.get("taxpayerIdentificationNumber")
        found = frozenset({own} if isinstance(own, str) else ())
        return found.union(*(tins_of(one) for one in submission.values()))
    return frozenset().union(*map(tins_of, submission)) if isinstance(submission, list) else frozenset()


@dataclass(frozen=True, slots=True)
class Session:
    """What the files of a run have in common.

    Attributes:
        client: what makes the calls.
        folder: where receipts and ledger are kept.
        submitter: id of ours as CMS gives it; None if every set that we can see is ours.
        says: is called with a sentence for the user.
        shared: where the locks are that keep other runs out; None for `folder`.
    """

    client: Client
    folder: Path
    submitter: str | None
    says: Callable[[str], None]
    shared: Path | None = None

    @contextlib.contextmanager
    def alone(self, identity: Identity) -> Iterator[None]:
        """Keep other runs on this machine out of an identity, and close what an interrupted one has left.

        Raises:
            UsageError: another run is at work on it.
        """
        base, shared = self.client.target.base, self.shared or self.folder
        digest = identity_digest(self.folder, base, identity)
        name = f"{identity_digest(shared, base, identity)}.lock"
        lock = FileLock(private_folder(shared / "locks") / name, timeout=0)
        try:
            lock.acquire()
        except Timeout:
            raise UsageError("Another run is at work on the same submission. Wait until it has ended.") from None
        try:
            self.client.made.clear()
            for one in close_unfinished(self.folder, digest, self.client.clock.now()):
                self.says(f"An earlier run was interrupted. Its receipt is {one.path}. The plan shows what is stored.")
            yield
        finally:
            lock.release()

    def plan(self, file: Prepared) -> Plan | Failure:
        """Let CMS validate a submission, read what is stored, and return the plan."""
        valid = self.client.do(calls.validate(file.wanted.members))
        if isinstance(valid, Failure):
            return valid
        for one in valid.warnings:
            self.says(f"Remark of CMS: {masked_text(one)}")
        held = read_held(self.client, file.wanted.identity)
        return held if isinstance(held, Failure) else plan_to_send(file.wanted, held, self.submitter)

    def plan_to_withdraw(self, file: Prepared, *, every: bool) -> Plan | Failure:
        """Read what is stored, and return the plan for deleting it."""
        held = read_held(self.client, file.wanted.identity)
        return held if isinstance(held, Failure) else plan_to_withdraw(file.wanted, held, self.submitter, every=every)

    def held(self, file: Prepared) -> Held | Failure:
        """Read what is stored for the identity of a file."""
        return read_held(self.client, file.wanted.identity)

    def score_preview(self, file: Prepared) -> Mapping[str, Any] | Failure:
        """Ask what a submission would score; nothing is stored."""
        return _score(self.client.do(calls.score_preview(file.wanted.members)))

    def carry_out(self, file: Prepared, plan: Plan, certification: Mapping[str, Any] | None = None) -> Ended:
        """Do what a plan says, and record it.

        From the first call on nothing is raised but an interrupt: what stops the run is in the result.

        Raises:
            UsageError: the receipt cannot be written; nothing is sent.
        """
        try:
            receipt = new_receipt(self.folder, self.client, file.wanted.identity, file.sent, certification)
            delivery = Delivery(self.client, plan, self.submitter, receipt.note)
            receipt.note(delivery)
        except OSError as error:
            raise UsageError(f"The receipt cannot be written in {self.folder}: {error.strerror}.") from error
        try:
            delivery.run()
        except (ConverterError, OSError) as error:
            return self._close(receipt, delivery, INTERRUPTED, problem=f"The run was stopped: {problem_words(error)}")
        except BaseException:
            self._close(receipt, delivery, INTERRUPTED)
            self.says(f"What is known of the sets is in the receipt {receipt.path}.")
            raise
        score, problem = None, ""
        try:
            score = self._stored_score(delivery)
        except (ConverterError, OSError) as error:
            problem = f"The score could not be read: {problem_words(error)}"
        receipt.members["score"] = failure_members(score) if isinstance(score, Failure) else score_members(score)
        return self._close(receipt, delivery, ENDED, score, problem)

    def record_refusal(self, file: Prepared, failure: Failure) -> Ended:
        """Record that a submission was not sent because a call before the plan failed."""
        receipt = new_receipt(self.folder, self.client, file.wanted.identity, file.sent, None)
        delivery = Delivery(self.client, no_plan(file.wanted), self.submitter, receipt.note)
        outcome = Outcome.NOT_SENT if failure.ends else Outcome.REFUSED
        delivery.results = [SetResult(one, outcome, failure=failure) for one in delivery.plan.sets]
        return self._close(receipt, delivery, ENDED)

    def _close(
        self,
        receipt: Receipt,
        delivery: Delivery,
        state: str,
        score: Mapping[str, Any] | Failure | None = None,
        problem: str = "",
    ) -> Ended:
        code, now = exit_code(delivery.results), self.client.clock.now()
        try:
            receipt.note(delivery)
            added = close_receipt(self.folder, receipt, state, now, code if state == ENDED else None)
        except OSError as error:
            problem = problem or f"The receipt could not be completed: {problem_words(error)}"
        else:
            if not added:
                self.says(
                    "The ledger cannot be written; it may be open in another program. A later run adds what is missing."
                )
        return Ended(tuple(delivery.results), delivery.submission_id, score, receipt.path, code, problem)

    def _stored_score(self, delivery: Delivery) -> Mapping[str, Any] | Failure | None:
        sends = any(one.step is not Step.WITHDRAW for one in delivery.plan.sets)
        if not sends or delivery.submission_id is None or exit_code(delivery.results) == 1:
            return None
        return _score(self.client.do(calls.read_score(delivery.submission_id)))


def problem_words(error: ConverterError | OSError) -> str:
    """Say in a sentence what stopped a run."""
    if isinstance(error, OSError):
        return f"A file or stream cannot be read or written ({error.strerror or type(error).__name__})."
    return str(error)


def certified(name: str, now: float) -> dict[str, Any]:
    """Return what a receipt says about who certified the data."""
    return {"name": name, "statement": STATEMENT, "time": stamp(now)}


def _score(answer: Answer | Failure) -> Mapping[str, Any] | Failure:
    if isinstance(answer, Failure):
        return answer
    found = answer.part("data", "score")
    return found if isinstance(found, Mapping) else {}
