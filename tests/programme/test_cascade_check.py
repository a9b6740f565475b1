"""The cascade check: each rule by a row, likeness on duties that come down reworded."""

import datetime as dt

import pytest

from xulang.programme.cascade_check import Answering, Asked, alike, findings

HERE, THERE = (0, 9), (10, 19)
JUNE, JULY = dt.date(2026, 6, 30), dt.date(2026, 7, 31)

FINDINGS = [
    # a duty of ours that nothing answers
    ([Asked(HERE, "a")], [], ["UNMET"]),
    # one that is not ours
    ([Asked(HERE, "a", ours=False)], [], []),
    # answered in time, without a time on either side
    ([Asked(HERE, "a")], [Answering(1, "a", frozenset([HERE]))], []),
    # a task that names no duty; one that is the office's own; one whose duty stands in another paper
    ([], [Answering(1, "a")], ["UNFOUNDED"]),
    ([], [Answering(1, "a", own=True)], []),
    ([Asked(HERE, "a")], [Answering(1, "a", frozenset([THERE]))], ["UNMET", "UNFOUNDED"]),
    # the very day, a day sooner, a day later
    ([Asked(HERE, "a", JUNE)], [Answering(1, "a", frozenset([HERE]), JUNE)], []),
    ([Asked(HERE, "a", JUNE)], [Answering(1, "a", frozenset([HERE]), JUNE - dt.timedelta(1))], []),
    ([Asked(HERE, "a", JUNE)], [Answering(1, "a", frozenset([HERE]), JULY)], ["LATER"]),
    # a date above, none here: ongoing, or only a cadence
    ([Asked(HERE, "a", JUNE)], [Answering(1, "a", frozenset([HERE]))], ["UNDATED"]),
    ([Asked(HERE, "a", JUNE)], [Answering(1, "a", frozenset([HERE]), None, "MONTH")], ["UNDATED"]),
    # recurring above: told of as often, more often, less often, or by a date of its own
    ([Asked(HERE, "a", None, "QUARTER")], [Answering(1, "a", frozenset([HERE]), None, "QUARTER")], []),
    ([Asked(HERE, "a", None, "QUARTER")], [Answering(1, "a", frozenset([HERE]), None, "WEEK")], []),
    ([Asked(HERE, "a", None, "QUARTER")], [Answering(1, "a", frozenset([HERE]), None, "HALF")], ["RARER"]),
    ([Asked(HERE, "a", None, "QUARTER")], [Answering(1, "a", frozenset([HERE]), JUNE)], []),
    # two tasks for one duty, one of them late; one task for two duties, late for the first alone
    (
        [Asked(HERE, "a", JUNE)],
        [Answering(1, "a", frozenset([HERE]), JUNE), Answering(2, "b", frozenset([HERE]), JULY)],
        ["LATER"],
    ),
    (
        [Asked(HERE, "a", JUNE), Asked(THERE, "b", JULY)],
        [Answering(1, "a", frozenset([HERE, THERE]), JULY)],
        ["LATER"],
    ),
    # what is not ours by its words and is carried out all the same is held against its time
    ([Asked(HERE, "a", JUNE, ours=False)], [Answering(1, "a", frozenset([HERE]), JULY)], ["LATER"]),
]


@pytest.mark.parametrize(("asked", "answering", "kinds"), FINDINGS)
def test_findings(asked: list[Asked], answering: list[Answering], kinds: list[str]) -> None:
    assert [str(one.kind) for one in findings(asked, answering)] == kinds


# A superior's duty, and how it comes down: shortened, reworded, with the place's own name.
PAIRS = [
    (
        "Xây dựng và duy trì chuyên trang tiếng Anh giới thiệu tiềm năng du lịch trên Cổng thông tin điện tử tỉnh",
        "Duy trì chuyên trang tiếng Anh giới thiệu tiềm năng du lịch trên cổng thông tin điện tử của thành phố",
    ),
    (
        "Tổ chức tập huấn kỹ năng thông tin đối ngoại cho cán bộ, công chức các cấp và phóng viên báo chí địa phương",
        "Cử cán bộ và tổ chức tập huấn kỹ năng thông tin đối ngoại cho công chức các phường, xã",
    ),
    (
        "Rà soát, thay thế biển chỉ dẫn song ngữ tại các khu di tích, danh lam thắng cảnh trên địa bàn tỉnh",
        "Rà soát, thay thế biển chỉ dẫn song ngữ tại các khu di tích trên địa bàn thành phố",
    ),
    (
        "Biên soạn, phát hành tài liệu giới thiệu lễ hội truyền thống bằng tiếng Anh, tiếng Trung",
        "Biên soạn tài liệu giới thiệu lễ hội truyền thống của thành phố bằng tiếng Trung",
    ),
    (
        "Phối hợp đón tiếp, hướng dẫn các đoàn phóng viên nước ngoài đến tác nghiệp tại địa phương",
        "Đón tiếp, hướng dẫn phóng viên nước ngoài đến tác nghiệp",
    ),
]
OWN = [
    "Lắp đặt đèn chiếu sáng tại tuyến phố đi bộ trung tâm",
    "Tổ chức giải chạy bộ chào mừng ngày thành lập thành phố",
    "Mua sắm trang thiết bị cho nhà văn hóa các khối phố",
]


def test_alike_finds_each_and_no_other() -> None:
    asked = [Asked((n, n + 1), above) for n, (above, _here) in enumerate(PAIRS)]
    here = [Answering(n, here) for n, (_above, here) in enumerate(PAIRS)]
    here += [Answering(100 + n, words) for n, words in enumerate(OWN)]
    assert [(one.id, one.place[0]) for one in alike(asked, here)] == [(n, n) for n in range(len(PAIRS))]


def test_alike_asks_nothing_of_what_is_said() -> None:
    asked = [Asked(HERE, PAIRS[0][0])]
    assert alike(asked, [Answering(1, PAIRS[0][1], frozenset([HERE])), Answering(2, PAIRS[0][1], own=True)]) == []
