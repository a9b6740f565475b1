"""How fast papers are written and checked, beside docxtpl and python-docx on the same annex."""

from dataclasses import replace
from io import BytesIO
from statistics import median

from bench.measures import Result, seconds
from papers.samples import LETTER, PLAN
from xulang.papers.checking.check import check
from xulang.papers.paper import Annex, Column, Paper, Row, Table
from xulang.papers.writing.write import write

_COLUMNS = ("TT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn", "Kinh phí")


def _rows(count: int) -> list[tuple[str, ...]]:
    return [
        (
            str(n),
            f"Nhiệm vụ thứ {n} về quảng bá du lịch",
            "Phòng Văn hóa và Thông tin",
            "Văn phòng",
            "Quý III/2026",
            f"{n}.000.000",
        )
        for n in range(1, count + 1)
    ]


def _plan(count: int) -> Paper:
    table = Table(tuple(Column(title) for title in _COLUMNS), tuple(map(Row, _rows(count))))
    return replace(PLAN, annexes=(Annex("Danh mục", (table,)),))


def _docxtpl(count: int) -> bytes:
    """The same table out of a docxtpl template."""
    import docx
    from docxtpl import DocxTemplate

    template = docx.Document()
    table = template.add_table(rows=4, cols=len(_COLUMNS))
    for at, title in enumerate(_COLUMNS):
        table.cell(0, at).text = title
        table.cell(2, at).text = f"{{{{ row[{at}] }}}}"
    table.cell(1, 0).text, table.cell(3, 0).text = "{%tr for row in rows %}", "{%tr endfor %}"
    file = BytesIO()
    template.save(file)
    filled = DocxTemplate(file)
    filled.render({"rows": _rows(count)})
    out = BytesIO()
    filled.save(out)
    return out.getvalue()


def _python_docx(count: int) -> bytes:
    """The same table cell by cell."""
    import docx

    document = docx.Document()
    table = document.add_table(rows=1, cols=len(_COLUMNS))
    for row in _rows(count):
        for cell, words in zip(table.add_row().cells, row, strict=True):
            cell.text = words
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def annexes() -> Result:
    """Annexes of 300 and of 2,000 rows, beside docxtpl and, for 300, python-docx."""
    ours, theirs = {}, {}
    for count in (300, 2000):
        paper = _plan(count)
        ours[count] = 1e3 * median(seconds(lambda paper=paper: write(paper), 15))  # type: ignore[misc]
        theirs[count] = 1e3 * median(seconds(lambda count=count: _docxtpl(count), 3))  # type: ignore[misc]
    cells = 1e3 * median(seconds(lambda: _python_docx(300), 1))
    return Result(
        "annex of 300 and of 2,000 rows, written",
        f"{ours[300]:.0f} ms, {ours[2000]:.0f} ms",
        f"docxtpl {theirs[300]:.0f} ms, {theirs[2000]:.0f} ms; python-docx {cells:.0f} ms (300)",
        "≤ 25 ms, ≤ 150 ms",
        ours[300] <= 25 and ours[2000] <= 150,
    )


def letters() -> Result:
    """One-page letters on one core, beside docxtpl filling one row."""
    ours = 1 / median(seconds(lambda: write(LETTER), 200))
    theirs = 1 / median(seconds(lambda: _docxtpl(1), 10))
    return Result("one-page letters, written", f"{ours:.0f}/s", f"docxtpl {theirs:.0f}/s", "≥ 50/s", ours >= 50)


def checks() -> Result:
    """A three-page plan held against every rule, beside writing it."""
    data = write(PLAN)
    ours = 1e3 * median(seconds(lambda: check(data), 20))
    theirs = 1e3 * median(seconds(lambda: write(PLAN), 20))
    return Result("plan of three pages, checked", f"{ours:.0f} ms", f"written {theirs:.0f} ms", "≤ 200 ms", ours <= 200)


MEASURES = {f.__name__: f for f in (annexes, letters, checks)}
