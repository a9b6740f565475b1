"""What was found, laid over the pages: lines, bands over two pages, and what no page has."""

from xulang.office.leaves import laid_out
from xulang.office.paper import Mark, TaskPlace

TEXT = "Giao Phòng Nội vụ lập sổ. Việc cuối."
#        0    5     11   15 18  22   26   31
SIZES = [(595.0, 842.0), (595.0, 842.0)]
WORDS = [
    # start, end, page, left, top, right, bottom
    (0, 4, 1, 85, 700, 110, 713),
    (5, 10, 1, 115, 700, 150, 713),
    (11, 14, 1, 85, 717, 105, 730),  # the name goes on in the next line
    (15, 17, 1, 108, 717, 120, 730),
    (18, 21, 2, 85, 72, 100, 85),  # and the task on the next page
    (22, 25, 2, 104, 72, 118, 85),
]


def test_a_name_over_two_lines_is_two_boxes_read_as_one() -> None:
    pages = laid_out(SIZES, WORDS, TEXT, [], [Mark("lead", 5, 17, 9)]).pages
    boxes = [(one.box.left, one.box.top, one.box.width) for one in pages[0].laid]
    assert boxes == [(115, 700, 35), (85, 717, 35)]
    assert {one.words for one in pages[0].laid} == {"Phòng Nội vụ"}


def test_a_task_over_two_pages_has_two_bands_and_one_number() -> None:
    pages = laid_out(SIZES, WORDS, TEXT, [TaskPlace(9, 1, 0, 25, "vb-9")], []).pages
    assert [(band.box.top, band.box.foot, band.first) for page in pages for band in page.bands] == [
        (700, 730, True),
        (72, 85, False),
    ]
    assert pages[0].bands[0].x == 85 - 14


def test_a_task_whose_words_stand_on_no_page_is_told() -> None:
    lost = TaskPlace(10, 2, 26, 36, "vb-10")
    found = laid_out(SIZES, WORDS, TEXT, [TaskPlace(9, 1, 0, 25, "vb-9"), lost], [])
    assert found.lost == [lost]


def test_a_number_never_leaves_the_page() -> None:
    words = [(0, 4, 1, 6, 700, 30, 713)]
    (page, _other) = laid_out(SIZES, words, TEXT, [TaskPlace(9, 1, 0, 4, "vb-9")], []).pages
    assert page.bands[0].x > 0
