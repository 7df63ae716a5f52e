"""What nobody claimed is paired one to one where more than words says so, and left alone where nothing does."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kehoach.compare.assignment import Leftovers
from kehoach.compare.likeness import Likeness
from kehoach.compare.pairs import pairs
from kehoach.compare.plans import Task
from kehoach.compare.times import Time

JUNE, MAY, YEAR = date(2026, 6, 30), date(2026, 5, 15), date(2026, 12, 31)


def task(number, text, end=None, recurrence=None):
    kind = "recurring" if recurrence else "date"
    time = Time(str(end or recurrence), kind, end=end, recurrence=recurrence) if end or recurrence else None
    return Task(number, text, time)


def matches(superior, tasks, claims=()):
    meaning = Likeness([one.text for one in (*superior, *tasks)])
    left = Leftovers(meaning, superior, tasks, claims)
    claimed = {one for claim in claims for one in claim}
    free = [[one for one in some if one.id not in claimed] for some in (superior, tasks)]
    return [(one.superior.id, one.task.id) for one in left.matches(*free)]


def test_other_words_with_a_day_that_no_other_task_has_are_paired():
    above = [task(1, "Phun hóa chất khử trùng chuồng trại", JUNE), task(2, "Trồng cỏ voi", MAY)]
    below = [task(11, "Rắc vôi bột nơi nhốt trâu", JUNE), task(12, "Thăm hỏi mẹ liệt sĩ", YEAR)]
    assert matches(above, below) == []
    below[0] = task(11, "Rắc vôi bột khử khuẩn chuồng trâu", JUNE)
    assert matches(above, below) == [(1, 11)]


def test_the_same_day_alone_is_not_enough():
    above = [task(1, "Phun hóa chất khử trùng chuồng trại", JUNE)]
    assert matches(above, [task(11, "Thăm hỏi mẹ liệt sĩ", JUNE)]) == []


@pytest.mark.parametrize(("others_end", "found"), [(MAY, True), (YEAR, False)])
def test_a_day_that_many_have_says_little(others_end, found):
    above = [task(1, "Cấy lúa mùa sớm trên ruộng bậc thang vùng cao", YEAR)]
    above += [task(n, f"Việc thứ {n} nào đó", others_end) for n in range(2, 9)]
    below = [task(11, "Gặt nhanh lúa chín ngoài bãi xa bờ sông", YEAR)]
    below += [task(n, f"Chuyện {n} khác hẳn", others_end) for n in range(12, 19)]
    assert ((1, 11) in matches(above, below)) == found


def test_a_plan_that_keeps_the_order_says_where_a_task_would_stand():
    above = [
        task(n, text)
        for n, text in enumerate(("Đào giếng khơi", "Lợp mái tôn", "Xay thóc nếp", "Ươm cây quế"), 1)
    ]
    below = [task(n + 10, one.text) for n, one in enumerate(above, 1)]
    below[2] = task(13, "Giã gạo nếp cái")
    claims = [(1, 11), (2, 12), (4, 14)]
    assert matches(above, below, claims) == [(3, 13)]
    moved = [below[2], *below[:2], below[3]]
    assert matches(above, moved, claims) == []


def test_words_in_contrast_need_more_than_words():
    """A stock-taking of tools shares words with that of surplus buildings; each is about something else."""
    above = [
        task(1, "Kiểm kê, lập phương án sử dụng trụ sở, tài sản công dôi dư sau sắp xếp đơn vị hành chính")
    ]
    others = [
        task(n, text)
        for n, text in enumerate(("Tiêm phòng vắc xin", "Tuần tra ban đêm", "Mở lớp dạy bơi"), 2)
    ]
    below = [task(11, "Kiểm kê tài sản công, công cụ, dụng cụ theo quy định.")]
    assert pairs([*above, *others], below) == []


@given(st.permutations(range(4)), st.permutations(range(4)))
def test_no_task_has_two_and_the_order_of_the_input_changes_nothing(one, other):
    texts = ("Phun hóa chất khử trùng", "Trồng cỏ voi", "Phun thuốc khử trùng", "Trồng thêm cỏ")
    above = [task(n + 1, texts[n], JUNE) for n in one]
    below = [task(n + 11, texts[3 - n], JUNE) for n in other]
    found = matches(above, below)
    assert len({a for a, _b in found}) == len({b for _a, b in found}) == len(found)
    assert set(found) == set(matches(sorted(above, key=lambda x: x.id), sorted(below, key=lambda x: x.id)))


@pytest.mark.parametrize(("first", "other"), [([], [task(1, "Trồng cỏ")]), ([task(1, "Trồng cỏ")], [])])
def test_nothing_is_left_of_nothing(first, other):
    assert matches(first, other) == []
