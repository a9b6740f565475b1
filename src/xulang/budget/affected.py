"""What a reorganisation hands over here: who answers for an estimate while its money is asked for or spent.

Open estimates follow; who drew one up stays, and so does one that was declined. What was approved goes to the heir of a
unit that ends, for somebody must be able to spend it, and stays with a unit that only gives a function away.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from xulang.budget.enums import EstimateState
from xulang.budget.models import Estimate, EstimateHandover
from xulang.organisation.handing import UnitColumn

AFFECTED = (
    UnitColumn(
        Estimate,
        "unit",
        EstimateHandover,
        label=_("Dự toán"),
        words="title",
        only=~models.Q(state=EstimateState.DECLINED),
        open=~models.Q(state=EstimateState.APPROVED),
        keeps=("state",),
        facts=["budget.Estimate.drawn_by", "budget.LocalNorm.home_unit"],
    ),
)
