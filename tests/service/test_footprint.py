"""What the service leaves behind: no byte of a document on a disk, and no connection to another machine (Linux)."""

import re
import shutil
import sys
from pathlib import Path

import pytest

from tests.documents import catalog, document
from tests.service.command import running
from tests.service.serving import CLEAN, zipped

pytestmark = [
    pytest.mark.long,
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="it is watched by what Linux tells of processes"),
]
UPLOADS = 50
FORMS = ("html", "json", "csv", "sarif", "error-json", "text", "markdown")
MEASURES = [row["measureId"] for row in catalog(2025)["measures"]][:20]
LARGE = (
    document(2025, measures=MEASURES, supplemental=True)
    .bytes()
    .replace(b'xsi:type="INT" value="', b'xsi:type="INT" value="x')
)
"""About 1.5 MB with errors: more than libraries keep in memory unless they are told to, and with a long report."""


def test_nothing_of_a_document_is_written_to_a_disk(tmp_path: Path) -> None:
    with running("--workers", "1", TMPDIR=str(tmp_path), HOME=str(tmp_path)) as service:
        service.client.get("/api/v1/years")
        before, changed = service.written(), tmp_path.stat().st_mtime_ns
        for data in [CLEAN] * UPLOADS + [LARGE, zipped({"a.xml": CLEAN, "b.xml": LARGE})]:
            assert service.client.post("/", files={"file": ("a.xml", data)}).status_code in (201, 422)
        for form in FORMS:
            path = f"/api/v1/report?format={form}"
            assert service.client.post(path, files={"file": ("a.xml", LARGE)}).status_code == 200
        assert service.client.post("/api/v1/explain/response", files={"file": ("a.txt", LARGE)}).status_code == 422
        assert service.written() == before
        assert list(tmp_path.iterdir()) == []
        assert tmp_path.stat().st_mtime_ns == changed, "a file was made and removed"


def test_it_talks_to_this_machine_only() -> None:
    with running("--workers", "1") as service:
        for _ in range(20):
            assert service.client.post("/", files={"file": ("a.xml", CLEAN)}).status_code == 201
            assert service.peers()
            assert service.outside() == set()


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not here")
def test_system_calls_open_no_file_for_writing_and_no_connection(tmp_path: Path) -> None:
    log = tmp_path / "calls"
    strace = ["strace", "-D", "-f", "-qq", "-e", "trace=openat,open,creat,mkdir,mkdirat,connect,sendto", "-o", str(log)]
    home = tmp_path / "home"
    home.mkdir()
    with running("--workers", "1", before=strace, TMPDIR=str(home), HOME=str(home)) as service:
        service.client.get("/api/v1/years")
        start = log.stat().st_size
        for data in [CLEAN] * 20 + [LARGE]:
            assert service.client.post("/", files={"file": ("a.xml", data)}).status_code in (201, 422)
        for form in FORMS:
            path = f"/api/v1/report?format={form}"
            assert service.client.post(path, files={"file": ("a.xml", LARGE)}).status_code == 200
        calls = log.read_bytes()[start:].decode(errors="replace").splitlines()
    harmful = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|O_TMPFILE|\b(creat|mkdir|mkdirat|connect)\(")
    assert [call for call in calls if harmful.search(call) and "/dev/null" not in call] == []


def test_memory_does_not_grow_with_requests() -> None:
    with running("--workers", "1") as service:
        for number in range(600):
            assert service.client.post("/", files={"file": ("a.xml", CLEAN)}).status_code == 201
            if number == 200:
                early = service.memory()
        assert service.memory() < early * 1.05
