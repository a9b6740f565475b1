"""The periods of a plan's rounds: which can be opened, which came before, which make up the year so far."""

import datetime as dt
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from xulang.programme.enums import Cadence
from xulang.programme.models import Programme
from xulang.programme.models.ledger import period_name
from xulang.programme.periods import Period, periods, regime_on
from xulang.reporting.enums import ReportState
from xulang.reporting.models import Round

_CLOSE = dt.timedelta(days=16)  # a new regime may move the day on which periods close
_NINES = dt.timedelta(days=92) + _CLOSE


def periods_open(programme: Programme, cadence: Cadence, day: dt.date) -> list[Period]:
    """The periods of a cadence that close within the programme's time, with the day on which the whole is due.

    A report tells of its whole period: what was done for the plan before it was issued counts, too.
    """
    regime, kind = regime_on(day), programme.directive.home_unit.kind
    owed = periods(cadence, programme.starts_on, programme.ends_on, regime, kind=kind)
    uncut = periods(cadence, programme.starts_on - dt.timedelta(days=2 * 366), programme.ends_on, regime, kind=kind)
    whole = {one.code: one for one in uncut}
    return [whole[one.code] for one in owed]


def earlier(round: Round) -> Round | None:
    """The round of the period before it, of the same programme, form and cadence; of nine months that of last year.

    None where that period had no round: an older one is not what "last period" says.
    """
    gap = _NINES if round.cadence == Cadence.NINE else _CLOSE
    span = (round.starts - gap, round.starts - dt.timedelta(days=1))
    before: Round | None = _alike(round).filter(cut_off__range=span).order_by("-cut_off").first()
    return before


def of_the_year(round: Round) -> list[Round]:
    """The rounds whose periods make up the reporting year so far, the round itself the last."""
    rows = _alike(round).filter(starts__gte=round.year_begins, cut_off__lte=round.cut_off)
    return [*rows.exclude(pk=round.pk).order_by("cut_off"), round]


def lacking(round: Round) -> list[dict[str, Any]]:
    """The periods of the plan's year before a round's that the year so far does not have whole.

    Of each how many reports were asked for and accepted; none was asked for where no round was opened. What the round
    itself lacks is told of its units.
    """
    told = Count("reports", filter=Q(reports__state=ReportState.ACCEPTED))
    rows = _alike(round).annotate(asked=Count("reports"), accepted=told).order_by()
    there = {code: row for code, *row in rows.values_list("period", "asked", "accepted")}
    found = []
    for one in periods_open(round.programme, Cadence(round.cadence), round.cut_off):
        asked, accepted = there.get(one.code, (0, 0))
        if round.year_begins <= one.start < round.starts and (not asked or accepted < asked):
            found.append({"period": one.code, "asked": asked, "accepted": accepted})
    return found


def lacks(content: dict[str, Any]) -> str:
    """What the year so far of a content lacks, in words: "tháng 1/2026 (không mở kỳ)"; nothing where it is whole."""
    said: dict[str, list[str]] = {}
    for row in content.get("year_lacks", ()):
        said.setdefault(lack(row), []).append(named(row["period"]))
    return "; ".join(f"{', '.join(names)} ({why})" for why, names in said.items())


def lack(row: dict[str, Any]) -> str:
    """What one period lacks."""
    return _("%(accepted)s/%(asked)s đơn vị có báo cáo") % row if row["asked"] else _("không mở kỳ báo cáo")


def named(period: str) -> str:
    """A period's name as it stands within a sentence."""
    name = period_name(period)
    return f"{name[:1].lower()}{name[1:]}"


def _alike(round: Round) -> Any:
    return Round.objects.filter(programme_id=round.programme_id, form=round.form, cadence=round.cadence)
