"""`xulang check`: a Word file in, the rules of form it breaks and what its drafter should look at again out."""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from dataclasses import dataclass
from pathlib import Path

from xulang.papers.checking.check import check
from xulang.papers.checking.rules import Broken
from xulang.papers.draft_lint import Doubt, lint
from xulang.papers.paper import UnfitPaperError
from xulang.reading.directive.read import read
from xulang.reading.files.faults import RefusedError
from xulang.reading.files.opening import open_document


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in one file; `refused` says why nothing could be."""

    name: str
    broken: tuple[Broken, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    refused: str = ""

    @property
    def clean(self) -> bool:
        """Whether nothing has to be mended; doubts are for a person to decide."""
        return not self.broken and not self.refused


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Files, and how the findings are to be written."""
    parser.add_argument("files", nargs="+", metavar="TỆP", type=Path, help="tệp DOCX cần kiểm tra thể thức")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="mặc định: text")
    parser.add_argument("--superior", type=Path, metavar="TỆP", help="văn bản cấp trên, để tìm chữ chép nguyên")


def run(args: argparse.Namespace) -> int:
    """0 where every file keeps the rules, 1 where one does not or cannot be read, 2 for a wrong call."""
    wanted = [*args.files, *([args.superior] if args.superior else [])]
    if missing := [path for path in wanted if not path.is_file()]:
        print(f"xulang check: không có tệp {missing[0]}. Hãy kiểm tra lại đường dẫn.", file=sys.stderr)
        return 2
    superior = open_document(args.superior.read_bytes()).text if args.superior else ""
    checked = [check_one(path.name, path.read_bytes(), superior) for path in args.files]
    for one in checked:
        print(json.dumps(as_json(one), ensure_ascii=False) if args.format == "json" else as_text(one))
    return int(not all(one.clean for one in checked))


def check_one(name: str, data: bytes, superior: str = "") -> Checked:
    """The rules that a file breaks, and the doubts about what it says."""
    document = open_document(data)
    reading = read(document, name=name, sha256=hashlib.sha256(data).hexdigest())
    if secret := next((w for w in reading.warnings if w.code == "secret"), None):
        return Checked(name, refused=secret.message)
    try:
        return Checked(name, tuple(check(data)), tuple(lint(reading, superior=superior)))
    except RefusedError as refusal:
        return Checked(name, refused=f"Không phải tệp Word đọc được. {refusal.fault.message}")
    except UnfitPaperError as unfit:
        return Checked(name, refused=str(unfit))


def as_json(checked: Checked) -> dict[str, object]:
    """One file as a JSON object."""
    return {
        "name": checked.name,
        "clean": checked.clean,
        "refused": checked.refused or None,
        "broken": [
            {
                "rule": b.rule.id,
                "message": b.message,
                "article": b.rule.article,
                "paragraph": b.paragraph,
                "words": b.words,
            }
            for b in checked.broken
        ],
        "doubts": [
            {"code": d.code, "message": d.message, "article": d.article or None, "at": d.at, "words": d.words}
            for d in checked.doubts
        ],
    }


def as_text(checked: Checked) -> str:
    """One file as lines for a person."""
    if checked.refused:
        return f"{checked.name}: {checked.refused}"
    lines = [f"{checked.name}: {_verdict(checked)}"]
    for b in checked.broken:
        place = f"đoạn {b.paragraph}" if b.paragraph else "toàn văn bản"
        quoted = f" «{b.words}»" if b.words else ""
        lines += [f"  ✗ {b.message} ({place}){quoted}", f"      {b.rule.article} [{b.rule.id}]"]
    for d in checked.doubts:
        lines.append(f"  ? {d.message}" + (f" «{d.words}»" if d.words else ""))
        if d.article:
            lines.append(f"      {d.article} [{d.code}]")
    return "\n".join(lines)


def _verdict(checked: Checked) -> str:
    form = f"{len(checked.broken)} lỗi thể thức" if checked.broken else "đúng thể thức"
    return form + (f", {len(checked.doubts)} điều cần xem lại" if checked.doubts else "")
