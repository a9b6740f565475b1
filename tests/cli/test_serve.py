"""`xulang serve` with several processes: they are kept, and end together."""

import os
import sys
import urllib.request
from pathlib import Path

import pytest
from django.db import connection
from proofs import load

from xulang.cli.commands import serve


def test_a_process_that_ends_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two are kept: the one that ends is begun again with its own work, and with the parent all end."""
    begun: list[int] = []
    works: list[object] = []

    def begin(work: object) -> int:
        works.append(work)
        if len(begun) == 2:
            raise KeyboardInterrupt
        last = "" if begun else "import time; time.sleep(60)"
        begun.append(os.posix_spawn(sys.executable, [sys.executable, "-c", last], os.environ))
        return begun[-1]

    monkeypatch.setattr(serve, "_begun", begin)
    monkeypatch.setattr(serve.signal, "signal", lambda *_told: None)
    with pytest.raises(KeyboardInterrupt):
        serve.keep([print, repr])  # type: ignore[list-item]
    assert works == [repr, print, print]  # the second ends
    for one in begun:
        with pytest.raises(ProcessLookupError):
            os.kill(one, 0)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="the tables are copied as a file")
def test_two_processes_and_that_of_the_jobs_answer_and_end(tmp_path: Path) -> None:
    """As README says it is served, over HTTP; the jobs have a process of their own, and none is left behind."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(tmp_path / "site.sqlite3")])
    told = load.environment(tmp_path, f"sqlite:///{tmp_path / 'site.sqlite3'}")
    with load.served(told, processes=2) as site:
        with urllib.request.urlopen(f"{site}/dang-nhap/") as answer:
            assert answer.status == 200
        mine = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text("ascii").split()
        (parent,) = [one for one in mine if "serve" in Path(f"/proc/{one}/cmdline").read_text("utf-8")]
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text("ascii").split()
        assert len(children) == 3
    assert not [one for one in children if Path(f"/proc/{one}").exists()]
