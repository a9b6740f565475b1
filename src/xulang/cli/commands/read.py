"""`xulang read`: directives in, findings out (the contract xulang.reading/1); never imports Django."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import BinaryIO

FORMATS = ("json", "table", "xlsx", "akn")
SINGLE = {"xlsx", "akn"}  # one file each, since a workbook or an XML document cannot be continued
# With one of these warnings a file gave no findings, and the command ends with 1.
FATAL = {"unreadable", "encrypted", "too_large", "empty", "secret"}
STDIN = "-"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Files, and how the findings are to be written."""
    parser.add_argument(
        "files", nargs="+", metavar="TỆP", help="DOCX, PDF, ảnh quét, Markdown, HTML, .doc…; - là stdin"
    )
    parser.add_argument("--format", choices=FORMATS, help="mặc định: table trên màn hình, json khi chuyển tiếp")
    parser.add_argument("--output", type=Path, metavar="NƠI", help="tệp ghi ra; thư mục khi nhiều tệp xlsx hoặc akn")
    parser.add_argument("--jobs", type=int, default=0, metavar="N", help="số tệp đọc cùng lúc (mặc định: tự chọn)")


def run(args: argparse.Namespace) -> int:
    """0; 1 where a file gave no findings (unreadable, encrypted, too large, empty, secret); 2 for a wrong call."""
    files: list[str] = args.files
    wanted = args.format or ("table" if sys.stdout.isatty() and not args.output else "json")
    if fault := _wrong_call(files, wanted, args.output):
        print(f"xulang read: {fault}", file=sys.stderr)
        return 2
    if args.output and args.output.is_file():
        args.output.unlink()
    jobs = args.jobs if args.jobs > 0 else min(os.cpu_count() or 1, (len(files) + 3) // 4)
    failed = False
    for number, (written, good) in enumerate(_progress(_results(files, wanted, jobs), len(files))):
        failed |= not good
        with _target(args.output, files, number, wanted) as out:
            out.write(written)
    return int(failed)


def read_one(name: str, wanted: str, jobs: int) -> tuple[bytes, bool]:
    """One file read and written in the wanted format, and whether it gave findings."""
    from xulang.adapters.conversion import LibreOffice
    from xulang.adapters.recognition import Tesseract
    from xulang.reading.directive.read import read_file

    data = sys.stdin.buffer.read() if name == STDIN else Path(name).read_bytes()
    threads = max(1, (os.cpu_count() or 1) // jobs)
    shown = "stdin" if name == STDIN else Path(name).name
    reading = read_file(data, name=shown, recognise=Tesseract(threads), convert=LibreOffice())
    writer = importlib.import_module(f"xulang.cli.formats.{wanted}")
    good = bool(reading.text) and not any(w.code in FATAL for w in reading.warnings)
    return writer.written(reading), good


def _wrong_call(files: list[str], wanted: str, output: Path | None) -> str | None:
    """What is wrong with the call, as a sentence."""
    for name in files:
        if name != STDIN and Path(name).is_dir():
            return f"{name} là thư mục. Hãy nêu từng tệp, ví dụ: xulang read {Path(name) / '*'}"
        if name != STDIN and not Path(name).is_file():
            return f"không có tệp {name}. Hãy kiểm tra lại đường dẫn."
        if name != STDIN and not os.access(name, os.R_OK):
            return f"không có quyền đọc tệp {name}. Hãy chép tệp ra chỗ khác hoặc xin quyền đọc."
    if files.count(STDIN) > 1:
        return "chỉ đọc được đầu vào chuẩn (-) một lần."
    if wanted in SINGLE and output is None and (len(files) > 1 or (wanted == "xlsx" and sys.stdout.isatty())):
        return f"dạng {wanted} cần chỗ ghi: thêm --output."
    if output is not None and not output.parent.is_dir():
        return f"không có thư mục {output.parent}. Hãy tạo thư mục đó trước."
    return None


def _results(files: list[str], wanted: str, jobs: int) -> Iterator[tuple[bytes, bool]]:
    """What each file gave, in the order given."""
    work = partial(read_one, wanted=wanted, jobs=jobs)
    if jobs == 1 or len(files) == 1:
        yield from map(work, files)
        return
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(min(jobs, len(files))) as pool:
        yield from pool.map(work, files)


def _progress(results: Iterator[tuple[bytes, bool]], total: int) -> Iterator[tuple[bytes, bool]]:
    """The same results, with a bar on standard error where a person looks at it and there is more than one file."""
    if total == 1 or not sys.stderr.isatty():
        return results
    from rich.console import Console
    from rich.progress import track

    return iter(track(results, "Đang đọc", total, console=Console(stderr=True), transient=True))


@contextmanager
def _target(output: Path | None, files: list[str], number: int, wanted: str) -> Iterator[BinaryIO]:
    """Where the findings of one file are written. Names in a folder are numbered: two files may be named alike."""
    if output is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
    elif wanted in SINGLE and len(files) > 1:
        output.mkdir(exist_ok=True)
        suffix = ".xml" if wanted == "akn" else f".{wanted}"
        with (output / f"{number + 1:03d}-{Path(files[number]).name}{suffix}").open("wb") as file:
            yield file
    else:
        with output.open("ab") as file:
            yield file
