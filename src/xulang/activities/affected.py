"""What a reorganisation hands over here: who answers for an activity, whose a partner is. Who did it stays."""

from django.utils.translation import gettext_lazy as _

from xulang.activities.models import Activity, ActivityHandover, Partner, PartnerHandover
from xulang.organisation.handing import UnitColumn

AFFECTED = (
    UnitColumn(
        Activity,
        "unit",
        ActivityHandover,
        label=_("Hoạt động đã ghi"),
        words="title",
        facts=[
            "activities.Activity.done_by",
            "activities.Certificate.unit",
        ],  # a book of certificates ends with its unit
    ),
    UnitColumn(
        Partner,
        "home_unit",
        PartnerHandover,
        label=_("Đối tác của cơ quan"),
        facts=["activities.Partner.met_by"],
    ),
)
