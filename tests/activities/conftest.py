"""The town at work that the tests of activities begin from."""

import pytest

from activities.doing import Work
from beginnings import BUILDERS, Beginning


@pytest.fixture
def activities_work(db: None, beginning: Beginning) -> Work:
    """A copy of the town at work."""
    work: Work = beginning.copied("activities_work")
    return work


BUILDERS["activities_work"] = Work
