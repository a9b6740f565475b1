"""`xulang serve` with several processes: they are kept, and end together."""

import os
import sys

import pytest

from xulang.cli.commands import serve


def test_a_process_that_ends_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two are kept: the one that ends makes a third begin, and with the parent all end."""
    begun: list[int] = []

    def begin(_work: object) -> int:
        if len(begun) == 2:
            raise KeyboardInterrupt
        last = "" if begun else "import time; time.sleep(60)"
        begun.append(os.posix_spawn(sys.executable, [sys.executable, "-c", last], os.environ))
        return begun[-1]

    monkeypatch.setattr(serve, "_begun", begin)
    monkeypatch.setattr(serve.signal, "signal", lambda *_told: None)
    with pytest.raises(KeyboardInterrupt):
        serve.keep([lambda: None] * 2)
    for one in begun:
        with pytest.raises(ProcessLookupError):
            os.kill(one, 0)
