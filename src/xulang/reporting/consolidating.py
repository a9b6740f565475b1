"""What the report of a round says: figures added, text gathered by heading with its sender, silent units named.

Everything that goes in is on record, and nothing of the clock: the same accepted reports give the same bytes.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from xulang.reporting.aims import closes_with, measures, share
from xulang.reporting.enums import LineKind, ReportState
from xulang.reporting.from_ledger import following, from_ledger
from xulang.reporting.headings import Heading, headings
from xulang.reporting.models import Content, Edit, ReportLine, Round, Target, UnitReport
from xulang.reporting.totals import totals
from xulang.reporting.year import earlier, lacking, of_the_year

SCHEMA = "xulang.consolidation/2"


def canonical(content: dict[str, Any]) -> str:
    """The content as canonical JSON: keys in order, no spaces."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(text: str) -> str:
    """As hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def content_of(round: Round) -> dict[str, Any]:
    """The whole report of a round as its accepted reports stand. Units go by their numbers: names have their days."""
    reports = list(UnitReport.objects.filter(round=round).order_by("id"))
    lines = accepted_lines(round)
    plan, edits = headings(round.programme), _edits(round)
    after = following(round)
    return {
        "schema": SCHEMA,
        "round": round.pk,
        "period": round.period,
        "form": round.form,
        "figures": _figures(round),
        **({"year_lacks": gaps} if (gaps := lacking(round)) else {}),
        "narrative": _narrative(round, lines, plan, edits),
        "from_ledger": [part for part in _from_ledger(round, plan, edits) if part["text"]],
        "next": after.code if after else None,
        "units": [
            {
                "unit": one.unit_id,
                "report": one.pk,
                "state": one.state,
                "line": lines[one.pk].pk if one.pk in lines else None,
                "nil": one.pk in lines and lines[one.pk].kind == LineKind.NIL,
                "due": one.due.isoformat(),
                "sent": one.first_sent_on.isoformat() if one.first_sent_on else None,
            }
            for one in reports
        ],
    }


def accepted_lines(round: Round) -> dict[int, ReportLine]:
    """The line by which each accepted report was sent, by the report."""
    rows = ReportLine.objects.filter(
        report__round=round, report__state=ReportState.ACCEPTED, answered_by__kind=LineKind.ACCEPTED
    )
    return {row.report_id: row for row in rows.order_by("id")}


def _figures(round: Round) -> list[dict[str, Any]]:
    now, year = totals([round.pk]), totals([one.pk for one in of_the_year(round)])
    last = earlier(round)
    before = totals([last.pk]) if last else {}
    wanted: dict[str, dict[str, int]] = defaultdict(dict)
    rows = Target.objects.filter(programme_id=round.programme_id, period__in=measures(round.period))
    for code, period, value in rows.order_by("period").values_list("code", "period", "value"):
        wanted[code][period] = value
    whole_year = round.period[:4]
    cells = [
        (one.code, of)
        for one in round.asks.indicators(round.cut_off)
        for of in ["", *sorted(part for code, part in now | year if code == one.code and part)]
    ]
    return [
        {
            "code": code,
            "of": of,
            "value": now.get((code, of), 0),
            "year": year.get((code, of), 0),
            "last": before.get((code, of), 0) if last else None,
            "plan": None if of else wanted[code].get(whole_year),
            **({} if of else _aims(wanted[code], whole_year)),
        }
        for code, of in cells
    ]


def _aims(wanted: dict[str, int], whole_year: str) -> dict[str, dict[str, int]]:
    """The targets of parts of the year, where there are some, by their period; the year's stands as the plan."""
    parts = {period: value for period, value in wanted.items() if period != whole_year}
    return {"aims": parts} if parts else {}


def targets_in(content: dict[str, Any]) -> list[str]:
    """The periods for which a content has targets, as far as its round is measured by them; the year is the last."""
    whole_year = content["period"][:4]
    rows = content["figures"]
    there = {period for row in rows for period in row.get("aims", ())}
    there |= {whole_year for row in rows if row["plan"] is not None}
    return [period for period in measures(content["period"]) if period in there]


@dataclass(frozen=True, slots=True)
class Aim:
    """A target beside what was done for it. `step`: how far off; None while its period goes on."""

    done: int
    value: int
    step: int | None
    share: int | None


def aim_of(row: dict[str, Any], aimed: str, period: str) -> Aim | None:
    """A figure beside its target of a period; None where there is none."""
    value = row["plan"] if aimed == period[:4] else row.get("aims", {}).get(aimed)
    if value is None:
        return None
    done = row["value"] if aimed == period else row["year"]
    return Aim(done, value, done - value if closes_with(aimed, period) else None, share(done, value))


def parts_of(content: dict[str, Any]) -> list[dict[str, Any]]:
    """Every part of a content that has text: under the plan's headings, then from the ledger (older ones have none)."""
    return [*content["narrative"], *content.get("from_ledger", ())]


def _narrative(
    round: Round, lines: dict[int, ReportLine], plan: Iterable[Heading], edits: dict[str, Edit]
) -> list[dict[str, Any]]:
    units = dict(UnitReport.objects.filter(round=round).values_list("id", "unit_id"))
    passages: dict[str, list[dict[str, Any]]] = defaultdict(list)
    report_of = {line.pk: report for report, line in lines.items()}
    told = Content.objects.filter(line__in=report_of).order_by("line__report_id").values_list("line_id", "narrative")
    for line, narrative in told:
        for part in narrative:
            sender = {"unit": units[report_of[line]], "report": report_of[line], "line": line}
            said = {key: part[key] for key in ("text", "receipts", "traces") if key in part}  # older ones had no traces
            passages[part["heading"]].append(sender | said)
    return [_part(heading.code, heading.title, passages.get(heading.code, []), edits) for heading in plan]


def _from_ledger(round: Round, plan: Sequence[Heading], edits: dict[str, Edit]) -> list[dict[str, Any]]:
    return [_part(told["heading"], told["title"], told["passages"], edits) for told in from_ledger(round, plan)]


def _edits(round: Round) -> dict[str, Edit]:
    """What a person wrote last for a heading, by its code; not what was taken back."""
    last = {row.heading: row for row in Edit.objects.filter(round=round).order_by("id")}
    return {code: row for code, row in last.items() if row.text}


def _part(code: str, title: str, passages: list[dict[str, Any]], edits: dict[str, Edit]) -> dict[str, Any]:
    """The text of one heading with the passages that it was made from."""
    edit = edits.get(code)
    return {
        "heading": code,
        "title": title,
        "text": edit.text if edit else "\n".join(passage["text"] for passage in passages),
        "edited": edit is not None,
        "stale": edit is not None and edit.sources_sha256 != sources_sha256(passages),
        "passages": passages,
    }


def sources_sha256(passages: Iterable[dict[str, Any]]) -> str:
    """The hash of the passages that a text was made from: who sent them, and their words."""
    return sha256(canonical({"passages": [[one.get("report"), one["text"]] for one in passages]}))
