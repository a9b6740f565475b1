"""`xulang check`: clean and spoiled files, secrets, what is no Word file."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from papers.samples import LETTER, PLAN
from papers.spoiling import form, spoiled
from xulang.cli.main import main
from xulang.papers.paper import Paragraph
from xulang.papers.writing.write import write


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    code = main(["check", *map(str, arguments)])
    out, err = capsys.readouterr()
    return code, out, err


def test_clean(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.docx").write_bytes(write(LETTER))
    assert run(capsys, tmp_path / "a.docx")[:2] == (0, "a.docx: đúng thể thức\n")


def test_broken(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.docx").write_bytes(spoiled(write(LETTER), form("subject", "spacing", before="0")))
    code, out, _ = run(capsys, tmp_path / "a.docx")
    assert code == 1
    assert "1 lỗi thể thức" in out
    assert "Phụ lục I, Phần I, Mục II.5.b [subject.gap]" in out


def test_json_and_doubts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.docx").write_bytes(write(replace(LETTER, number=None)))
    code, out, _ = run(capsys, tmp_path / "a.docx", "--format", "json")
    told = json.loads(out)
    assert (code, told["clean"], [d["code"] for d in told["doubts"]]) == (0, True, ["blank_number"])


def test_superior(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sentence = "Phòng huy động các sở, ban, ngành tham gia quảng bá du lịch của địa phương."
    (tmp_path / "a.docx").write_bytes(write(replace(PLAN, body=(Paragraph(sentence), *PLAN.body))))
    (tmp_path / "above.md").write_text(f"# KẾ HOẠCH\n\n{sentence}\n", "utf-8")
    assert (
        "copied_scope" in run(capsys, tmp_path / "a.docx", "--superior", tmp_path / "above.md", "--format", "json")[1]
    )


def test_no_word_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04 broken")
    code, out, _ = run(capsys, tmp_path / "a.docx")
    assert code == 1
    assert "Không phải tệp Word đọc được" in out


def test_missing_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run(capsys, tmp_path / "none.docx")
    assert code == 2
    assert "không có tệp" in err
