"""2,000 papers set as PDF by the pool of LibreOffices: none fails, and 95 of 100 take at most 0.6 seconds each.

The papers are plans of one to some ten pages, each another by its seed. Two askers at once, as two officers would;
offices are recycled on the way. What is done is kept after every paper, so that a run that was cut goes on.
"""

import json
import os
import random
import shutil
import subprocess
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

from papers.samples import PLAN
from xulang.adapters.office_pool import PAPERS, OfficePool
from xulang.papers.paper import Items, Level, Paper, Paragraph, Section
from xulang.papers.writing.write import write
from xulang.reading.files.ports import ConversionError

COUNT, ASKERS, AT_MOST = 2_000, 2, 0.6
_TOLD = """
xây dựng duy trì chuyên trang giới thiệu tiềm năng du lịch tổ chức tập huấn kỹ năng thông tin đối ngoại biên soạn tài
liệu lễ hội truyền thống rà soát biển chỉ dẫn song ngữ tại các khu di tích danh thắng của thành phố
"""
_WORDS = _TOLD.split()


def prove(state: Path, result: Path) -> bool:
    """Sets every paper that was not set yet; whether none failed and they were quick enough."""
    kept = state / "papers.jsonl"
    done = [json.loads(line) for line in kept.read_text("utf-8").splitlines()] if kept.exists() else []
    left = sorted(set(range(COUNT)) - {row["seed"] for row in done})
    pool, pen = OfficePool(size=ASKERS), threading.Lock()
    for _warm in range(ASKERS):
        pool.to_pdf(write(a_plan(0)), ".docx")

    def one(seed: int) -> None:
        row = _set(pool, seed)
        with pen, kept.open("a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")
        done.append(row)
        if len(done) % 200 == 0:
            print(f"pdf_pool: {len(done)} of {COUNT}", flush=True)

    try:
        with ThreadPoolExecutor(ASKERS) as askers:
            list(askers.map(one, left))
    finally:
        pool.close()
    result.write_text(page(done), "utf-8")
    return holds(done)


def a_plan(seed: int) -> Paper:
    """A plan whose length and words are the seed's."""
    pick = random.Random(seed)

    def words(least: int, most: int) -> str:
        return " ".join(pick.choices(_WORDS, k=pick.randint(least, most))).capitalize()

    lines = Items(("Đơn vị thực hiện: Phòng Nội vụ.", "Thời gian thực hiện: Thường xuyên."))
    duties = tuple(
        Section(Level.CLAUSE, "", (Paragraph(f"{words(20, 90)}."), lines)) for _duty in range(pick.randint(3, 60))
    )
    body = (Paragraph(f"{words(20, 40)}:"), Section(Level.ROMAN, "Nhiệm vụ", duties))
    return replace(PLAN, title=words(6, 18), body=body, annexes=())


def _set(pool: OfficePool, seed: int) -> dict[str, Any]:
    data = write(a_plan(seed))
    began = time.perf_counter()
    try:
        made = pool.to_pdf(data, ".docx")
    except ConversionError as why:
        return {"seed": seed, "seconds": time.perf_counter() - began, "failed": str(why)}
    good = made.startswith(b"%PDF-") and b"%%EOF" in made[-1024:]
    row = {"seed": seed, "seconds": time.perf_counter() - began, "load": os.getloadavg()[0]}
    return row if good else row | {"failed": "not a whole PDF"}


def quantile(rows: list[dict[str, Any]], of: float) -> float:
    """The time within which that part of the papers was set."""
    times = sorted(row["seconds"] for row in rows)
    return float(times[min(len(times) - 1, int(len(times) * of))])


def holds(rows: list[dict[str, Any]]) -> bool:
    """None failed, and 95 of 100 were quick enough."""
    return len(rows) >= COUNT and not any("failed" in row for row in rows) and quantile(rows, 0.95) <= AT_MOST


def page(rows: list[dict[str, Any]]) -> str:
    """What was found, for a person."""
    failed = [row for row in rows if "failed" in row]
    loads = sorted(row.get("load", 0.0) for row in rows)
    program = shutil.which("soffice") or "soffice"
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=False).stdout.split(" (")[0]  # noqa: S603
    times = " | ".join(f"{quantile(rows, of):.2f} s" for of in (0.5, 0.95, 0.99, 1))
    lines = [
        "# Papers as PDF by the pool of LibreOffices",
        "",
        "`make prove` (`proofs/pdf_pool.py`) made this page.",
        "",
        f"{len(rows):,} plans of one to some ten pages, {ASKERS} askers at once, offices recycled every {PAPERS}",
        "papers; a paper for which an office had to start counts with its start.",
        "",
        "| papers | failed | median | p95 | p99 | slowest | wanted |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        f"| {len(rows):,} | {len(failed)} | {times} | none failed, p95 ≤ {AT_MOST} s |",
        "",
        f"**{'Holds' if holds(rows) else 'Does not hold'}.** {version.strip()}, {os.cpu_count()} cores; load of the",
        f"machine meanwhile {loads[len(loads) // 10]:.1f} to {loads[len(loads) * 9 // 10]:.1f} (10th to 90th of 100).",
        "",
    ]
    lines += [f"- seed {row['seed']}: {row['failed']}" for row in failed[:20]]
    return "\n".join(lines).rstrip() + "\n"
