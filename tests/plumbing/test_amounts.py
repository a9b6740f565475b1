"""Whole numbers as people and spreadsheets write them."""

import pytest

from xulang.plumbing.amounts import whole


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("1500000", 1_500_000),
        ("1.500.000", 1_500_000),
        ("1,500,000", 1_500_000),  # as an English form shows it
        (" 1 500 000 ", 1_500_000),
        ("1\u00a0500\u202f000", 1_500_000),  # as French and spreadsheets part them
        ("0", 0),
        ("1.5", None),  # a decimal is no group: fifteen was not meant
        ("1.5000", None),
        (".500", None),
        ("-5", None),
        ("", None),
        ("mười", None),
        ("٣", None),  # digits of another script
        ("1" * 17, None),  # more than money has words for
    ],
)
def test_only_whole_numbers_are_understood(typed: str, meant: int | None) -> None:
    assert whole(typed) == meant
