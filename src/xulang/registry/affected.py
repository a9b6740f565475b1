"""What a reorganisation hands over in this room: the office of each directive, and to whom it was given."""

from django.utils.translation import gettext_lazy as _

from xulang.organisation.handing import UnitColumn
from xulang.registry.models import (
    Circulation,
    CirculationHandover,
    Directive,
    DirectiveHandover,
    Distribution,
    DistributionHandover,
)

AFFECTED = (
    UnitColumn(
        Directive,
        "home_unit",
        DirectiveHandover,
        label=_("Văn bản của cơ quan"),
        facts=["registry.Directive.received_for", "registry.NumberSeries.unit"],  # a series ends with its office
    ),
    UnitColumn(
        Distribution,
        "unit",
        DistributionHandover,
        label=_("Văn bản đã gửi cho đơn vị"),
        keeps=("read_at",),
        shows=("directive",),
        facts=["registry.Distribution.given_to", "registry.Recipient.units"],
    ),
    UnitColumn(
        Circulation,
        "unit",
        CirculationHandover,
        label=_("Văn bản giao người của đơn vị đọc"),
        keeps=("seen_at",),
        shows=("directive", "person"),
        facts=["registry.Circulation.given_to"],
    ),
)
