"""What the tests of reporting begin with."""

import pytest

from beginnings import BUILDERS, Beginning
from reporting.rounds_work import Work

BUILDERS["reporting_work"] = Work


@pytest.fixture
def reporting_work(db: None, beginning: Beginning) -> Work:
    """A plan of two units, with the round of the month."""
    work: Work = beginning.copied("reporting_work")
    return work
