"""What a reorganisation hands over here: who answers for an activity from then on. Who did it stays."""

from django.utils.translation import gettext_lazy as _

from xulang.activities.models import Activity, ActivityHandover
from xulang.organisation.handing import UnitColumn

AFFECTED = (
    UnitColumn(
        Activity,
        "unit",
        ActivityHandover,
        label=_("Hoạt động đã ghi"),
        words="title",
        facts=["activities.Activity.done_by"],
    ),
)
