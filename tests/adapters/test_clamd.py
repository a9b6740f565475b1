"""The adapter of clamd speaks INSTREAM to a server on loopback: chunks with their lengths, a zero, one answer."""

import io
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from xulang.adapters.clamd import Clamd
from xulang.plumbing.scanning import ScannerDown

SIGNATURE = b"mot chu ky cua rieng chung ta"


def _exactly(line: socket.socket, count: int) -> bytes:
    got = b""
    while len(got) < count:
        part = line.recv(count - len(got))
        if not part:
            raise ConnectionError
        got += part
    return got


def _serve(line: socket.socket, most: int) -> None:
    """One conversation, as clamd's manual has it; `most` is its StreamMaxLength."""
    command = b""
    while not command.endswith(b"\0"):
        command += _exactly(line, 1)
    if command == b"zPING\0":
        line.sendall(b"PONG\0")
        return
    assert command == b"zINSTREAM\0"
    data = b""
    while length := struct.unpack("!I", _exactly(line, 4))[0]:
        data += _exactly(line, length)
        if len(data) > most:
            line.sendall(b"INSTREAM size limit exceeded. ERROR\0")
            return
    found = b"stream: Xulang.Own-1 FOUND\0" if SIGNATURE in data else b"stream: OK\0"
    for n in range(0, len(found), 7):  # an answer may come in pieces
        line.sendall(found[n : n + 7])


@contextmanager
def clamd(most: int = 10**6) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def listen() -> None:
            while True:
                try:
                    line, _from = server.accept()
                except OSError:
                    return
                with line:
                    try:
                        _serve(line, most)
                    except ConnectionError:
                        continue

        threading.Thread(target=listen, daemon=True).start()
        yield f"127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (b"", ""),
        (b"bien ban", ""),
        (SIGNATURE, "Xulang.Own-1"),
        (b"x" * 65_530 + SIGNATURE + b"y" * 70_000, "Xulang.Own-1"),  # over the edge of two chunks
    ],
)
def test_what_is_found(data, found):
    with clamd() as address:
        assert Clamd(address).ping()
        assert Clamd(address).scan(io.BytesIO(data)) == found


def test_what_is_no_verdict_is_no_clean_bill():
    with clamd(most=1000) as address, pytest.raises(ScannerDown):
        Clamd(address).scan(io.BytesIO(b"x" * 5000))
    with pytest.raises(ScannerDown):
        Clamd("127.0.0.1:1").scan(io.BytesIO(b"x"))
    assert not Clamd("127.0.0.1:1").ping()
