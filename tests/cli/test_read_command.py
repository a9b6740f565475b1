"""`xulang read`: what it prints, where, and how it ends."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from reading.files.word_xml import docx, p
from xulang.cli.main import main

PLAN = """UBND XÃ MƯỜNG HOA

Số: 12/KH-UBND

KẾ HOẠCH

Sửa đường liên thôn

1. Giao Phòng Kinh tế chủ trì, phối hợp với các thôn sửa đường liên thôn trước ngày 30/6/2026.
"""


@pytest.fixture
def plan(tmp_path: Path) -> str:
    file = tmp_path / "ke-hoach.txt"
    file.write_text(PLAN, "utf-8")
    return str(file)


def test_one_file_is_one_object(plan: str, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["read", plan]) == 0
    reading = json.loads(capfdbinary.readouterr().out)
    assert (reading["schema"], reading["source"]["name"], len(reading["tasks"])) == (
        "xulang.reading/1",
        "ke-hoach.txt",
        1,
    )


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_several_files_are_lines_in_the_order_given(
    plan: str, tmp_path: Path, jobs: str, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """A file that gives nothing is told in its place, and the command ends with 1."""
    bad = tmp_path / "hong.pdf"
    bad.write_bytes(b"%PDF-1.4 cut")
    assert main(["read", plan, str(bad), plan, "--jobs", jobs]) == 1
    readings = [json.loads(line) for line in capfdbinary.readouterr().out.splitlines()]
    assert [r["source"]["name"] for r in readings] == ["ke-hoach.txt", "hong.pdf", "ke-hoach.txt"]
    assert [w["code"] for w in readings[1]["warnings"]] == ["unreadable"]


def test_standard_input(monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(docx(p("KẾ HOẠCH")))))
    assert main(["read", "-"]) == 0
    assert json.loads(capfdbinary.readouterr().out)["text"] == "KẾ HOẠCH\n"


def test_output_replaces_what_was_there(plan: str, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    out.write_text("old")
    assert main(["read", plan, plan, "--output", str(out)]) == 0
    assert [json.loads(line)["source"]["name"] for line in out.read_text("utf-8").splitlines()] == ["ke-hoach.txt"] * 2


def test_workbooks_of_several_files_go_to_a_folder(plan: str, tmp_path: Path) -> None:
    assert main(["read", plan, plan, "--format", "akn", "--output", str(tmp_path / "out")]) == 0
    names = sorted(file.name for file in (tmp_path / "out").iterdir())
    assert names == ["001-ke-hoach.txt.xml", "002-ke-hoach.txt.xml"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "thiếu LỆNH"),
        (["read"], "thiếu TỆP"),
        (["read", "khong-co.docx"], "không có tệp khong-co.docx"),
        (["read", "/"], "/ là thư mục"),
        (["read", "-", "--format", "csv"], "không nhận 'csv'"),
        (["read", "-", "--jobs", "hai"], "không nhận giá trị 'hai'"),
        (["read", "-", "--format"], "cần một giá trị"),
        (["read", "-", "-"], "một lần"),
        (["read", "-", "--nhanh"], "không có tham số --nhanh"),
        (["read", __file__, __file__, "--format", "xlsx"], "thêm --output"),
        (["read", __file__, "--output", "/khong/co/x.json"], "không có thư mục /khong/co"),
    ],
)
def test_wrong_calls_end_with_two(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        code = main(arguments)
    except SystemExit as end:
        code = end.code  # type: ignore[assignment]
    assert code == 2
    assert said in capsys.readouterr().err


def test_it_starts_without_what_it_does_not_need() -> None:
    """Reading a text imports no Django, no PDF, no pictures, no spreadsheets, no tables for terminals."""
    program = (
        "import sys, io; sys.stdin = io.TextIOWrapper(io.BytesIO('Kế hoạch'.encode()));"
        "from xulang.cli.main import main; main(['read', '-', '--format', 'json']);"
        "slow = ('django', 'pypdfium2', 'PIL', 'xlsxwriter', 'rich', 'asyncio');"
        "print([m for m in slow if m in sys.modules], file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[]"
