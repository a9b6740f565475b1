"""What a reorganisation hands over here: who answers for a unit's report. Of whom it was asked stays."""

from django.utils.translation import gettext_lazy as _

from xulang.organisation.handing import UnitColumn
from xulang.reporting.models import UnitReport, UnitReportHandover

AFFECTED = (
    UnitColumn(
        UnitReport,
        "unit",
        UnitReportHandover,
        label=_("Báo cáo kỳ của đơn vị"),
        keeps=("state",),
        facts=["reporting.UnitReport.asked_of", "reporting.RoundNotice.unit", "reporting.WholeNotice.unit"],
    ),
)
