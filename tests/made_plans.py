"""Plans made up by hypothesis: a tree of headings and items, printed with any style of numbering."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

COMMUNES = (
    "Nậm Khuông",
    "Phiêng Vài",
    "Đắk Plô",
    "Tân Thượng",
    "Bản Loan",
    "Ia Rsai",
    "Hưng Đạo",
    "Hòa Bình",
)
UNITS = (
    "Văn phòng HĐND và UBND",
    "Phòng Kinh tế",
    "Phòng Văn hóa - Xã hội",
    "Công chức Tư pháp - Hộ tịch",
    "Công an xã",
    "Trạm Y tế",
)
DUTIES = (
    "rà soát, cập nhật thủ tục hành chính",
    "tuyên truyền trên hệ thống truyền thanh cơ sở",
    "tổ chức tập huấn kỹ năng số cho các thôn",
    "niêm yết công khai danh sách hộ nghèo tại nhà văn hóa thôn",
    "kiểm tra việc chấp hành kỷ luật, kỷ cương hành chính",
    "số hóa hồ sơ, kết quả giải quyết thủ tục hành chính",
)
TIMES = (
    "",
    ", hoàn thành trước ngày 30/6/{year}",
    ", báo cáo kết quả trước ngày 15 tháng 11 năm {year}",
    " trong quý II năm {year}",
    " trong tháng 9/{year}",
)
PARTNERS = ("", "chủ trì, phối hợp với {partner} ")
HEADINGS = (
    "Cải cách thể chế",
    "Cải cách thủ tục hành chính",
    "Xây dựng chính quyền số",
    "Công tác tuyên truyền",
    "Cải cách tài chính công",
)
# Marks of the outer headings, the inner headings and the items.
STYLES = (
    ("I.", "1.", "-"),
    ("I.", "1.", "+"),
    ("I.", "1.", "•"),
    ("I.", "1.", "–"),
    ("I.", "1.", "a)"),
    ("I.", "1.", "(1)"),
    ("I.", "a)", "-"),
    ("A.", "I.", "-"),
    ("A.", "1.", "-"),
    ("1.", "1.1.", "-"),
    ("1.", "a)", "-"),
    ("Phần I.", "1.", "-"),
)
ROMANS = ("I", "II", "III", "IV", "V", "VI")
LETTERS = "abcdđeghiklmnop"


@dataclass(frozen=True)
class Duty:
    """An item: who does what by when."""

    unit: str
    partner: str
    duty: str
    time: str

    def text(self, year: int) -> str:
        with_whom = self.partner and PARTNERS[1].format(partner=self.partner)
        return f"{self.unit} {with_whom}{self.duty}{self.time.format(year=year)}."


@dataclass(frozen=True)
class Made:
    """A made-up plan. `parts`: inner headings of the tasks with their items; `units`: of the organisation."""

    commune: str
    year: int
    aim: int
    parts: tuple[tuple[str, tuple[Duty, ...]], ...]
    units: tuple[tuple[str, tuple[str, ...]], ...]

    def text(self, style: tuple[str, str, str] = STYLES[0]) -> str:
        """The plan as a text file, numbered in `style`."""
        outer, inner, item = style
        lines = [*self._head()]
        lines += [
            f"{mark(outer, 0)} MỤC TIÊU",
            f"{mark(item, 0)} Phấn đấu {self.aim}% hồ sơ được giải quyết đúng hạn.",
        ]
        lines.append(f"{mark(outer, 1)} NHIỆM VỤ, GIẢI PHÁP")
        for number, (title, duties) in enumerate(self.parts):
            lines.append(f"{mark(inner, number, 1)} {title}")
            lines += [f"{mark(item, place)} {duty.text(self.year)}" for place, duty in enumerate(duties)]
        lines.append(f"{mark(outer, 2)} TỔ CHỨC THỰC HIỆN")
        for number, (unit, duties_of) in enumerate(self.units):
            lines.append(f"{mark(inner, number, 2)} {unit}")
            lines += [
                f"{mark(item, place)} {duty[:1].upper()}{duty[1:]}." for place, duty in enumerate(duties_of)
            ]
        return "\n".join([*lines, *self._foot()]) + "\n"

    def _head(self) -> tuple[str, ...]:
        return (
            "ỦY BAN NHÂN DÂN",
            f"XÃ {self.commune.upper()}",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "Số: 12/KH-UBND",
            f"{self.commune}, ngày 05 tháng 01 năm {self.year}",
            "KẾ HOẠCH",
            f"Cải cách hành chính xã {self.commune} năm {self.year}",
            f"Căn cứ Nghị định số 61/{self.year - 3}/NĐ-CP ngày 23/4/{self.year - 3} của Chính phủ;",
            f"UBND xã {self.commune} ban hành Kế hoạch như sau:",
        )

    def _foot(self) -> tuple[str, ...]:
        return (
            f"Trên đây là Kế hoạch của UBND xã {self.commune}, yêu cầu các bộ phận nghiêm túc thực hiện./.",
            "Nơi nhận:",
            "- Như trên;",
            "- Lưu: VT.",
            "TM. ỦY BAN NHÂN DÂN",
            "CHỦ TỊCH",
            "Lò Văn An",
        )


def mark(style: str, place: int, outer: int = 0) -> str:
    """The `place`th mark (0-based) of a style; `outer` is the place of the heading above, for 1.1."""
    marks = {
        "I.": f"{ROMANS[place]}.",
        "Phần I.": f"Phần {ROMANS[place]}.",
        "A.": f"{'ABCDE'[place]}.",
        "1.": f"{place + 1}.",
        "1.1.": f"{outer + 1}.{place + 1}.",
        "a)": f"{LETTERS[place]})",
        "(1)": f"({place + 1})",
    }
    return marks.get(style, style)


duties = st.builds(
    Duty,
    st.sampled_from(UNITS[:3]),
    st.sampled_from(("", *UNITS[3:])),
    st.sampled_from(DUTIES),
    st.sampled_from(TIMES),
)
_parts = st.lists(
    st.tuples(st.sampled_from(HEADINGS), st.lists(duties, min_size=1, max_size=3).map(tuple)),
    min_size=1,
    max_size=3,
    unique_by=lambda part: part[0],
).map(tuple)
_units = st.lists(
    st.tuples(
        st.sampled_from(UNITS),
        st.lists(st.sampled_from(DUTIES), min_size=1, max_size=2, unique=True).map(tuple),
    ),
    min_size=1,
    max_size=2,
    unique_by=lambda unit: unit[0],
).map(tuple)
made_plans = st.builds(
    Made, st.sampled_from(COMMUNES), st.integers(2021, 2030), st.integers(50, 99), _parts, _units
)


# A time as a sentence says it and as a cell does.
SAID = (
    ("trước ngày 30/6/2026", "Trước ngày 30/6/2026"),
    ("trong quý II năm 2026", "Quý II năm 2026"),
    ("trong tháng 9/2026", "Tháng 9/2026"),
    ("từ tháng 3 đến tháng 5/2026", "Từ tháng 3 đến tháng 5/2026"),
    ("chậm nhất ngày 15 tháng 11 năm 2026", "Chậm nhất ngày 15 tháng 11 năm 2026"),
)


def forms(unit: str, partner: str, duty: str, said: str, cell: str) -> dict[str, str]:
    """One duty as plans give it: in a sentence, under a heading that is a unit, with labels, in tables."""
    capital = duty[:1].upper() + duty[1:]
    bodies = {
        "sentence": (f"- {unit} chủ trì, phối hợp với {partner} {duty}, hoàn thành {said}.",),
        "duty": (f"- {unit} có trách nhiệm phối hợp với {partner} {duty}, hoàn thành {said}.",),
        "heading": (f"1. {unit}", f"- Chủ trì, phối hợp với {partner} {duty}, hoàn thành {said}."),
        "labels": (
            "1. Cải cách hành chính",
            f"- {capital}.",
            f"- Đơn vị chủ trì: {unit}.",
            f"- Đơn vị phối hợp: {partner}.",
            f"- Thời gian hoàn thành: {cell}.",
        ),
        "lettered": (
            "1. Cải cách hành chính",
            f"a) Nội dung: {capital}.",
            f"b) Đơn vị thực hiện: {unit}.",
            f"c) Đơn vị phối hợp: {partner}.",
            f"d) Thời gian thực hiện: {cell}.",
        ),
        "table": (
            "TT\tNhiệm vụ\tĐơn vị chủ trì\tĐơn vị phối hợp\tThời gian hoàn thành",
            "I\tCải cách thể chế\t\t\t",
            f"1\t{capital}\t{unit}\t{partner}\t{cell}",
        ),
    }
    empty = Made(COMMUNES[0], 2026, 90, (), ())
    return {
        name: "\n".join([*empty._head(), "I. NHIỆM VỤ", *body, *empty._foot()]) + "\n"
        for name, body in bodies.items()
    }
