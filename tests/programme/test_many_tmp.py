import random, pytest
from django.db import transaction
from programme.test_differences import one_review
@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(200))
def test_many(seed):
    with transaction.atomic():
        one_review(random.Random(seed))
        transaction.set_rollback(True)
