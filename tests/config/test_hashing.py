"""How passwords are kept in use; every other test hashes at the least cost."""

from typing import Any

from django.contrib.auth.hashers import check_password, make_password

from xulang.config import settings as in_use


def test_a_password_is_kept_by_argon2_at_its_full_cost(settings: Any) -> None:
    quick = make_password("một câu đủ dài để nhớ")
    settings.PASSWORD_HASHERS = in_use.PASSWORD_HASHERS
    kept = make_password("một câu đủ dài để nhớ")
    assert kept.startswith("argon2$argon2id$v=19$m=102400,t=2,p=8$")
    assert check_password("một câu đủ dài để nhớ", kept)
    assert not check_password("một câu đủ dài để nhờ", kept)
    # What was kept at less cost opens, and is to be kept anew.
    renewed: list[str] = []
    assert check_password("một câu đủ dài để nhớ", quick, setter=renewed.append)
    assert renewed == ["một câu đủ dài để nhớ"]
