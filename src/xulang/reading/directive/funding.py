"""The rules on money that a paper states."""

from xulang.reading.directive.findings import Funding
from xulang.reading.directive.lines import Row, Sheet
from xulang.reading.directive.paragraphs import is_boilerplate
from xulang.reading.directive.sections import Node, title_of, titled
from xulang.reading.text.spans import Span


def _is_rule(sheet: Sheet, row: Row) -> bool:
    return not row.cells and not is_boilerplate(sheet.low[row.at.start : row.at.end])


def find_funding(sheet: Sheet, root: Node) -> tuple[Funding, ...]:
    """Each paragraph under a heading on money, or the heading's own line where the rule stands on it."""
    out: list[Funding] = []
    for node in root.walk()[1:]:
        assert node.row is not None
        words = sheet.low[node.row.body.start : node.row.body.end].strip(" :.*_")
        if not titled("funding", words) or any(Span(node.start, node.end).meets(seen.at) for seen in out):
            continue
        if title_of(sheet, node) is None:
            out.append(Funding(node.row.at, node.id))
        for part in node.walk():
            rows = part.rows if part is node else [part.row, *part.rows]
            out += [Funding(row.at, part.id) for row in rows if row is not None and _is_rule(sheet, row)]
    return tuple(out)
