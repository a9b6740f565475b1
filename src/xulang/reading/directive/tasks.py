"""Nhiệm vụ: walks the tree and says where a task begins and ends and by which form it is laid on somebody.

Forms, tried in this order for every part: label lines, an agency as heading, a sentence. Tables are read apart.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

from xulang.reading.directive.blocks import WHO, Block, Labelled, blocks_of, labels_in, opens_block
from xulang.reading.directive.deadlines import Calendar, spoken, stated
from xulang.reading.directive.findings import Deadline, Finding, Mode, Origin, TaskFinding, UnitMention
from xulang.reading.directive.knowledge import cue
from xulang.reading.directive.lines import Row, Sheet
from xulang.reading.directive.responsibilities import Assignment, helpers, read_assignment, read_names
from xulang.reading.directive.sections import Node, title_of
from xulang.reading.directive.tables import table_tasks
from xulang.reading.text.spans import Span
from xulang.reading.text.units import Scanner


@dataclass(frozen=True, slots=True)
class Context:
    """What stands over a line: who the heading names, and whether the section lays anything on anybody."""

    lead: tuple[UnitMention, ...] = ()
    coordinating: tuple[UnitMention, ...] = ()
    mode: Mode = "order"
    idle: bool = False
    closing: bool = False
    sure: bool = True


class Tasks:
    """Gathers the tasks of one paper. `issuer` is the issuing body as the body of the text names it, in level text."""

    def __init__(self, sheet: Sheet, root: Node, calendar: Calendar, issuers: tuple[str, ...]) -> None:
        self.sheet, self.root, self.calendar, self.issuers = sheet, root, calendar, issuers
        self.scanner = Scanner(sheet.text, sheet.low)
        self.found: list[TaskFinding] = []

    def read(self) -> tuple[TaskFinding, ...]:
        """All tasks in order of the text, numbered, without overlaps."""
        self._part(self.root, Context())
        self._tables()
        kept: list[TaskFinding] = []
        for task in sorted(self.found, key=lambda task: (task.at.start, task.at.end)):
            if not kept or task.at.start >= kept[-1].at.end:
                kept.append(task)
        return tuple(replace(task, id=f"T{number}") for number, task in enumerate(kept, 1))

    # -- parts ---------------------------------------------------------------------------------------------------

    def _part(self, node: Node, over: Context) -> None:
        """One part and all below it."""
        here = self._heading(node, over)
        blocks = [block for block in blocks_of(self.sheet, node.rows) if block.tells_who]
        if blocks and not any(self._has_block(part) for part in node.parts):
            self._by_blocks(node, here, blocks)
            return
        if self._inline_block(node):
            self._inline(node, here)
            return
        if self._one_task(node, over, here):
            return
        self._rows(node, here)
        self._parts(node, here)

    def _parts(self, node: Node, here: Context) -> None:
        """The parts of a part, those that share one block of label lines together."""
        marked = [self._has_block(part) for part in node.parts]
        shared = any(marked) and sum(marked) * 2 <= len(marked) and not here.lead and node.label is not None
        waiting: list[Node] = []
        for part, has in zip(node.parts, marked, strict=True):
            if not shared or self._stands_alone(part):
                self._part(part, here)
                waiting = []
                continue
            waiting.append(part)
            if has:
                self._shared_block(node, waiting, here)
                waiting = []
        for part in waiting:
            self._part(part, here)

    def _has_block(self, node: Node) -> bool:
        return any(
            label.role in WHO
            for part in node.walk()
            for row in self._own(part)
            for label in opens_block(self.sheet, row)
        )

    def _own(self, node: Node) -> list[Row]:
        return [*([node.row] if node.row else []), *node.rows]

    def _stands_alone(self, node: Node) -> bool:
        if not node.row or self._has_block(node):
            return len(self._own(node)) > 1 and bool(node.parts)
        made = read_assignment(self.scanner, node.row.body)
        return made is not None and (made.heading or made.firm)

    def _heading(self, node: Node, over: Context) -> Context:
        """The context that the heading of a part makes for what stands under it."""
        if node.row is None:
            return over
        title = title_of(self.sheet, node)
        low = self.sheet.low
        body = node.row.body
        if title is not None:
            words = low[body.start : body.end].strip(" :.*_")
            if titled("funding", words) or titled("idle", words):
                return replace(over, idle=not over.lead, lead=over.lead)
            if titled("closing", words):
                over = replace(over, closing=True)
        made = read_assignment(self.scanner, body)
        if made is not None and made.heading:
            return Context(made.lead, made.coordinating, self._mode(made), False, over.closing)
        if made is not None and self._leads_in(node, made):
            return Context(made.lead, made.coordinating, self._mode(made), False, over.closing)
        return over

    def _leads_in(self, node: Node, made: Assignment) -> bool:
        """ "Sở A chủ trì thực hiện các việc sau:" over bullets or parts."""
        assert node.row is not None
        below = bool(node.parts) or bool(node.rows and node.rows[0].bullet)
        return below and self.sheet.low[: node.row.at.end].endswith(":") and made.firm

    def _mode(self, made: Assignment) -> Mode:
        return made.mode

    # -- label lines ---------------------------------------------------------------------------------------------

    def _by_blocks(self, node: Node, here: Context, blocks: list[Block]) -> None:
        """One task to a block of label lines; the only block of a part takes the whole part."""
        rows = node.rows
        if len(blocks) == 1:
            start = node.start if node.row else rows[_first_of_item(rows, blocks[0])].at.start
            self._labelled(node, Span(start, node.end if node.row else rows[blocks[0].last].at.end), blocks[0], here)
            return
        begin = 0
        for block in blocks:
            first = rows[begin]
            start = first.at.start
            if begin == 0 and node.row and title_of(self.sheet, node) is None:
                start = node.start
            self._labelled(node, Span(start, rows[block.last].at.end), block, here)
            begin = min(block.last + 1, len(rows) - 1)

    def _shared_block(self, parent: Node, parts: list[Node], here: Context) -> None:
        last = parts[-1]
        if len(parts) == 1:
            self._part(last, here)
            return
        blocks = [block for block in blocks_of(self.sheet, last.rows) if block.tells_who]
        if not blocks:
            for part in parts:
                self._part(part, here)
            return
        whole = parts[0] is parent.parts[0] and parent.row is not None and last is parent.parts[-1]
        start = parent.start if whole else parts[0].start
        self._labelled(parent, Span(start, last.end), blocks[-1], here)

    def _labelled(self, node: Node, at: Span, block: Block, here: Context) -> None:
        lead: tuple[UnitMention, ...] = ()
        coordinating: tuple[UnitMention, ...] = ()
        mode: Mode = here.mode
        for role, places in block.values:
            for place in places:
                if role not in WHO:
                    continue
                first, second = read_names(self.sheet.text, self.sheet.low, place)
                if role == "coordinating":
                    coordinating += (*first, *second)
                else:
                    lead, coordinating = lead + first, coordinating + second
        sure = bool(lead)
        lead = lead or here.lead
        self._add(node, at, lead, coordinating, mode, "line", block.values, sure=sure)

    def _inline_block(self, node: Node) -> bool:
        """Whether the numbered line itself carries "(Đơn vị chủ trì: …; thời gian: …)"."""
        return node.row is not None and not node.parts and any(label.role in WHO for label in self._inside(node.row))

    def _inside(self, row: Row) -> list[Labelled]:
        return [label for label in labels_in(self.sheet, row) if label.at.start > row.body.start + 3]

    def _inline(self, node: Node, here: Context) -> None:
        assert node.row is not None
        values = tuple((label.role, (label.value,)) for label in self._inside(node.row))
        self._labelled(node, Span(node.start, node.end), Block(0, 0, values), here)

    # -- an agency as heading ------------------------------------------------------------------------------------

    def _one_task(self, node: Node, over: Context, here: Context) -> bool:
        """A part that is one provision under an agency's name."""
        if not over.lead or node.row is None or here is not over:
            return False
        words = self.sheet.low[node.row.body.start : node.row.body.end]
        if _boilerplate(words) or not words:
            return True
        start = node.start
        paragraphs = self._paragraphs(node.rows)
        first_end = node.row.at.end
        tail = []
        for group in paragraphs:
            if group[0].bullet or not _opens_duty(self.sheet, group[0], self.scanner):
                if not tail:
                    first_end = group[-1].at.end
            else:
                tail.append(group)
        if node.parts and not tail:
            first_end = node.end
        self._under(node, Span(start, first_end), over)
        for group in tail:
            self._under(node, Span(group[0].at.start, group[-1].at.end), over)
        return True

    def _under(self, node: Node, at: Span, over: Context) -> None:
        low = self.sheet.low
        if _boilerplate(low[at.start : at.end]):
            return
        coordinating = helpers(self.scanner, at, over.lead)
        self._add(node, at, over.lead, coordinating or over.coordinating, over.mode, None, sure=over.sure, context=over)

    def _paragraphs(self, rows: list[Row]) -> list[list[Row]]:
        """Lines put together: a bullet with the smaller bullets under it, a paragraph alone. Table rows are left out."""
        groups: list[list[Row]] = []
        top: str | None = None
        for row in rows:
            if row.line.table is not None or "\t" in self.sheet.text[row.at.start : row.at.end]:
                top = None
                continue
            glyph = row.label.key if row.bullet and row.label else None
            label_line = bool(opens_block(self.sheet, row)) and bool(groups)
            if glyph is None:
                continued = groups and self.sheet.text[row.at.start].islower() and not self._closed(groups[-1][-1])
                if label_line or continued:
                    groups[-1].append(row)
                    continue
                groups.append([row])
                top = None
            elif label_line or (top is not None and glyph != top and groups):
                groups[-1].append(row)
            else:
                groups.append([row])
                top = glyph
        return groups

    def _closed(self, row: Row) -> bool:
        return self.sheet.text[: row.at.end].endswith((".", ";", ":"))

    def _rows(self, node: Node, here: Context) -> None:
        """A part's own lines: the numbered one and those under it."""
        if node.row is not None and here.lead:
            made = read_assignment(self.scanner, node.row.body)
            if made is None or (not made.heading and not self._leads_in(node, made)) or not made.heading:
                pass
        elif node.row is not None and not here.idle:
            self._sentences(node, [node.row], here, extra=self._attached(node))
        local = here
        groups = self._paragraphs(node.rows)
        skip = self._attached_count(node) if node.row is not None and not here.lead else 0
        for index, group in enumerate(groups):
            if index < skip:
                continue
            at = Span(group[0].at.start, group[-1].at.end)
            body = Span(group[0].body.start, group[0].at.end)
            made = None if local.idle else read_assignment(self.scanner, body)
            if made is not None and made.heading and not made.words_at >= at.end + 1 and index + 1 < len(groups):
                local = Context(made.lead, made.coordinating, made.mode, False, here.closing)
                continue
            follows = index + 1 < len(groups) and groups[index + 1][0].bullet and not group[0].bullet
            if follows and self.sheet.low[: group[0].at.end].endswith(":"):
                if made is not None and (made.firm or local.lead) and not self._issues(made):
                    local = Context(made.lead, made.coordinating, made.mode, False, here.closing)
                    continue
                if local.lead:
                    continue
            if local.lead and (group[0].bullet or here.lead or local is not here):
                if made is not None and made.firm and made.lead and not here.lead and not group[0].bullet:
                    local = here
                    self._sentences(node, group, here)
                    continue
                self._under(node, at, local)
            elif not local.idle:
                self._sentences(node, group, here)

    def _attached(self, node: Node) -> list[Row]:
        """The bullets that belong to the provision on the numbered line."""
        groups = self._paragraphs(node.rows)
        return [row for group in groups[: self._attached_count(node)] for row in group]

    def _attached_count(self, node: Node) -> int:
        assert node.row is not None
        if title_of(self.sheet, node) is not None and not self.sheet.low[: node.row.at.end].endswith((".", ";")):
            return 0
        count = 0
        for group in self._paragraphs(node.rows):
            if not group[0].bullet:
                break
            made = read_assignment(self.scanner, group[0].body)
            if made is not None and made.firm:
                break
            count += 1
        return count

    def _issues(self, made: Assignment) -> bool:
        return any(self.sheet.low[unit.at.start : unit.at.end] in self.issuers for unit in made.lead)

    # -- sentences -----------------------------------------------------------------------------------------------

    def _sentences(self, node: Node, rows: list[Row], here: Context, extra: list[Row] | None = None) -> None:
        """The tasks that the sentences of one paragraph lay on somebody."""
        end = (extra or rows)[-1].at.end
        inline = self._inside(rows[0])
        if any(label.role in WHO for label in inline):
            values = tuple((label.role, (label.value,)) for label in inline)
            self._labelled(node, Span(rows[0].at.start, end), Block(0, 0, values), here)
            return
        starts: list[tuple[int, Assignment]] = []
        for sentence in _sentence_places(self.sheet, Span(rows[0].body.start, rows[0].at.end)):
            made = self._made(sentence)
            if made is None or self._not_a_task(made, sentence, here):
                continue
            if starts and (not made.firm or made.lead == starts[-1][1].lead):
                continue
            starts.append((sentence.start, made))
        for index, (start, made) in enumerate(starts):
            stop = starts[index + 1][0] if index + 1 < len(starts) else end
            if index == 0 and start == rows[0].body.start:
                start = rows[0].at.start
            at = Span(start, len(self.sheet.text[:stop].rstrip()))
            lead = made.lead
            coordinating = helpers(self.scanner, Span(made.words_at, at.end), lead)
            self._add(
                node, at, lead, coordinating, self._mode(made), None, sure=made.firm or here.closing, context=here
            )

    def _made(self, sentence: Span) -> Assignment | None:
        for issuer in self.issuers or (None,):
            made = read_assignment(self.scanner, sentence, issuer)
            if made is None or not self._issues(made):
                return made
        return None

    def _not_a_task(self, made: Assignment, sentence: Span, here: Context) -> bool:
        low = self.sheet.low[sentence.start : sentence.end]
        if made.heading or self._issues(made) or _boilerplate(low):
            return True
        if not made.firm and low.rstrip().endswith(("như sau:", "sau đây:", "như sau")):
            return True
        first = self.sheet.low[made.lead[0].at.start : made.lead[0].at.end]
        if cue("prose", "public").fullmatch(first) and "báo cáo" not in low:
            return True
        return here.idle

    # -- tables --------------------------------------------------------------------------------------------------

    def _tables(self) -> None:
        nodes = self.root.walk()[1:]
        starts = [node.start for node in nodes]
        for table in self.sheet.document.tables:
            index = bisect_right(starts, table.at.start) - 1
            section = nodes[index].id if index >= 0 else None
            self.found += table_tasks(self.sheet, table, section, self.calendar)

    # -- the finding ---------------------------------------------------------------------------------------------

    def _add(
        self,
        node: Node,
        at: Span,
        lead: tuple[UnitMention, ...],
        coordinating: tuple[UnitMention, ...],
        mode: Mode,
        origin: Origin | None,
        values: tuple[tuple[str, tuple[Span, ...]], ...] = (),
        *,
        sure: bool = True,
        context: Context | None = None,
    ) -> None:
        low, text = self.sheet.low, self.sheet.text
        deadline: Deadline | None = None
        product = money = None
        for role, places in values or self._labels(at):
            place = places[0] if places else None
            if place is None or place.end <= place.start:
                continue
            if role == "time" and deadline is None:
                deadline = stated(low, place, self.calendar)
            elif role == "product" and product is None:
                product = Finding(" ".join(place.of(text).split()).rstrip(" .;"), place)
            elif role == "money" and money is None:
                money = Finding(" ".join(place.of(text).split()).rstrip(" .;"), place)
        if deadline is None:
            lead_end = max((unit.at.end for unit in lead if at.holds(unit.at)), default=None)
            deadline = spoken(low, at, self.calendar, lead_end=lead_end)
        if origin is None:
            origin = "organisation" if context is not None and context.closing else "sentence"
        self.found.append(
            TaskFinding("", node.id or None, at, mode, lead, coordinating, deadline, origin, product, money, sure)
        )

    def _labels(self, at: Span) -> list[tuple[str, tuple[Span, ...]]]:
        """Label lines that stand inside a task which is not itself of the form of label lines."""
        out: list[tuple[str, tuple[Span, ...]]] = []
        for row in self.sheet.rows_in(at):
            out += [(label.role, (label.value,)) for label in opens_block(self.sheet, row)]
        return out


def _first_of_item(rows: list[Row], block: Block) -> int:
    return max(0, block.first - 1)


def titled(key: str, words: str) -> bool:
    """Whether a heading's words begin with one of the titles of cues.toml and go on with nothing that lays a duty."""
    match = cue("sections", key).match(words)
    if not match:
        return False
    rest = words[match.end() :]
    return not re.search(r"nhiệm vụ|giải pháp|tổ chức thực hiện|phân công", rest)


def _boilerplate(low: str) -> bool:
    return bool(cue("prose", "boilerplate").search(low))


_BREAK = re.compile(r"(?:[.!?]|;(?=\s*(?:giao|đề nghị|yêu cầu)\s))[\"')]?\s+(?=\S)")
_SHORTENED = re.compile(r"(?:\b(?:tp|tx|tt|đ/c|gs|ts|ths|bs|ks|pgs|v\.v|st|p|q|h)|\b\w)$")


def _sentence_places(sheet: Sheet, place: Span) -> list[Span]:
    """The sentences of a paragraph; "TP." and the like end none."""
    out, start = [], place.start
    for mark in _BREAK.finditer(sheet.low, place.start, place.end):
        if sheet.low[mark.start()] == "." and _SHORTENED.search(sheet.low[max(start, mark.start() - 6) : mark.start()]):
            continue
        after = sheet.text[mark.end()]
        if sheet.low[mark.start()] == ";" or after.isupper() or after in '"“':
            out.append(Span(start, mark.end()))
            start = mark.end()
    out.append(Span(start, place.end))
    return out


def _opens_duty(sheet: Sheet, row: Row, scanner: Scanner) -> bool:
    """Whether a separate paragraph begins a provision of its own."""
    return sheet.text[row.body.start].isupper() and not opens_block(sheet, row)
