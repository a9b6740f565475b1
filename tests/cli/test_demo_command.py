"""`xulang demo` wipes nothing before it can serve."""

import socket
from pathlib import Path

from xulang.cli.commands.demo import MARK
from xulang.cli.main import main


def test_a_taken_port_leaves_the_data_alone(tmp_path: Path, capsys) -> None:
    (tmp_path / MARK).touch()
    kept = tmp_path / "xulang.sqlite3"
    kept.write_bytes(b"of the demonstration that is running")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert main(["demo", "--data", str(tmp_path), "--port", str(port)]) == 1
    assert "chọn cổng khác" in capsys.readouterr().out
    assert kept.exists()


def test_a_strange_folder_is_left_alone(tmp_path: Path, capsys) -> None:
    kept = tmp_path / "thu-rieng.txt"
    kept.write_text("không phải dữ liệu dùng thử", "utf-8")
    assert main(["demo", "--data", str(tmp_path), "--port", "0"]) == 2
    assert "không phải dữ liệu dùng thử" in capsys.readouterr().out
    assert kept.exists()
