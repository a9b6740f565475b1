"""The reading as a page for people at a terminal."""

import os
import shutil
import sys
from io import StringIO

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from xulang.cli.formats import wording
from xulang.reading.directive.findings import Reading

_MAX_WIDTH = 140
_EXCERPT = 160  # letters of a task's text: enough to know it by
_DAY = 10  # letters of a day: a deadline is never cut


def written(reading: Reading) -> bytes:
    """Heading, tasks, citations and warnings; coloured where a person looks at the terminal."""
    out = StringIO()
    looked_at = sys.stdout.isatty()
    width = min(shutil.get_terminal_size((100, 24)).columns, _MAX_WIDTH) if looked_at else 100
    console = Console(
        file=out, width=width, force_terminal=looked_at, no_color="NO_COLOR" in os.environ, highlight=False
    )
    console.rule(f"[bold]{escape(reading.source.name)}", align="left")
    if facts := wording.heading(reading.header):
        console.print(_facts(facts))
    if reading.tasks:
        console.print(_tasks(reading, width))
    if reading.citations:
        console.print(_citations(reading))
    if reading.text:
        console.print(f"[dim]{len(reading.tasks)} nhiệm vụ, {len(reading.citations)} văn bản viện dẫn.")
    for warning in reading.warnings:
        console.print(f"[yellow]![/] {escape(warning.message)}")
    console.print()
    return out.getvalue().encode()


def _facts(rows: list[tuple[str, str]]) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(style="dim", no_wrap=True)
    table.add_column()
    for name, value in rows:
        table.add_row(name, escape(value))
    return table


def _tasks(reading: Reading, width: int) -> Table:
    table = Table(box=box.SIMPLE_HEAD, title="Nhiệm vụ", title_justify="left", expand=True)
    table.add_column("TT", justify="right", no_wrap=True)
    table.add_column("Mục", no_wrap=True)
    table.add_column("Nội dung", ratio=5)
    table.add_column("Chủ trì", ratio=3, overflow="fold")
    table.add_column("Phối hợp", ratio=3, overflow="fold")
    table.add_column("Thời hạn", width=max(_DAY, width // 8))
    for number, task in enumerate(reading.tasks, start=1):
        text = " ".join(wording.task_text(reading, task).split())
        short = text if len(text) <= _EXCERPT else text[:_EXCERPT].rsplit(" ", 1)[0] + " …"
        doubt = wording.doubtful(task)
        table.add_row(
            str(number),
            escape(task.section or ""),
            escape(short)
            + (" [cyan](đề nghị)[/]" if task.mode == "request" else "")
            + (f" [yellow](cần kiểm tra: {', '.join(doubt)})[/]" if doubt else ""),
            escape(wording.units(task.lead)),
            escape(wording.units(task.coordinating)),
            escape(wording.deadline(task.deadline)),
        )
    return table


def _citations(reading: Reading) -> Table:
    table = Table(box=box.SIMPLE_HEAD, title="Văn bản viện dẫn", title_justify="left", expand=True)
    table.add_column("Quan hệ", no_wrap=True)
    table.add_column("Văn bản", ratio=1)
    for citation in reading.citations:
        table.add_row(wording.RELATIONS[citation.relation], escape(wording.citation(citation)))
    return table
