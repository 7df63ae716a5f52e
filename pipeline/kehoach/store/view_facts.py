"""What a column of a view is, and the columns of the views for analysts.

A column is its SQL and its meaning; where it holds codes, the codes too. `x` is the fact, `d` its document,
`f` the document's file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from kehoach.messages import N_
from kehoach.store.view_codes import (
    BASES,
    DEADLINES,
    KINDS,
    ORIGINS,
    RECURRENCES,
    ROLES,
    SECTIONS,
    SEVERITIES,
    STATUSES,
    VERDICTS,
)


@dataclass(frozen=True, slots=True)
class Column:
    """`sql` gives the value, `meaning` is a message; `codes`: code in the table to code in the view."""

    sql: str
    meaning: str
    codes: Mapping[str, str] = field(default_factory=dict)

    def told(self, translate: Callable[[str], str]) -> str:
        """What it holds, in the reader's language, with its codes."""
        meaning = translate(self.meaning)
        return f"{meaning} ({', '.join(self.codes.values())})" if self.codes else meaning


@dataclass(frozen=True, slots=True)
class View:
    """`meaning` (a message) says what a row is; `source` is what stands behind FROM."""

    meaning: str
    source: str
    columns: Mapping[str, Column]


OF = "JOIN documents d ON d.id = x.document_id JOIN files f ON f.id = d.file_id"
OF_TASK = f"JOIN tasks x ON x.id = y.task_id {OF}"
MEANT = {
    "van_ban_id": N_("the document (van_ban.id)"),
    "ten_tep": N_("name of the file"),
    "co_quan_ban_hanh": N_("who issued it, short form"),
    "cap": N_("level of the issuer: xa, huyen, tinh, bo, khac"),
    "xa": N_("commune, bare name as printed"),
    "tinh": N_("province, bare name as printed"),
    "nam": N_("the year that the plan is for"),
}
IS = ("x.document_id", "f.name", "d.issuer", "d.level", "d.commune", "d.province", "d.year")
WHOSE = {name: Column(sql, MEANT[name]) for name, sql in zip(MEANT, IS, strict=True)}
ID = {"id": Column("x.id", N_("key"))}
ORDINAL = {"thu_tu": Column("x.ordinal + 1", N_("reading order in the document, from 1"))}
PRINTED = {
    "trang": Column("x.page", N_("page where it begins")),
    "do_tin_cay": Column("x.confidence", N_("OCR confidence, 0 to 1; null: no OCR")),
}
TASK = {"nhiem_vu_id": Column("y.task_id", N_("the task (nhiem_vu.id)"))}
MENTIONS = """(SELECT group_concat(mention, '; ') FROM
    (SELECT mention FROM task_units WHERE task_id = x.id AND role = '{role}' ORDER BY ordinal))"""
ENTRIES = """(SELECT group_concat({column}, '; ') FROM
    (SELECT {column} FROM {table} WHERE task_id = x.id ORDER BY ordinal))"""
NUMBERED = "nullif(trim(coalesce({0}.number, '') || '/' || coalesce({0}.symbol, ''), '/'), '')"
VAGUE = "(x.deadline_kind IS NULL OR x.deadline_kind = 'continuous')"

DOCUMENT = {
    "id": Column("d.id", N_("key")),
    "ten_tep": WHOSE["ten_tep"],
    "loai": Column("d.type", N_("kind of document: ke_hoach, cong_van, …")),
    "so": Column("d.number", N_("number; null: blank, or see khong_doc_duoc")),
    "ky_hieu": Column("d.symbol", N_("symbol, without inner spaces")),
    "so_ky_hieu": Column(NUMBERED.format("d"), N_("number and symbol: 05/KH-UBND")),
    "ngay_ban_hanh": Column("d.issued_on", N_("YYYY-MM-DD, YYYY-MM or YYYY: as much as is printed")),
    "nam": WHOSE["nam"],
    "co_quan_ban_hanh": WHOSE["co_quan_ban_hanh"],
    "cap": WHOSE["cap"],
    "xa": WHOSE["xa"],
    "huyen": Column("d.district", N_("district, bare name as printed")),
    "tinh": WHOSE["tinh"],
    "trich_yeu": Column("d.title", N_("what it is about")),
    "nguoi_ky": Column("d.signer_name", N_("who signed")),
    "chuc_vu": Column("d.signer_position", N_("position of the signer")),
    "tinh_trang": Column("d.status", N_("how far it is"), STATUSES),
    "chi_so": Column(
        "(SELECT group_concat(value, '; ') FROM json_each(d.indices))",
        N_("indices that it is about (PAPI; PAR INDEX; …)"),
    ),
    "so_trang": Column("d.page_count", N_("pages of the file")),
    "so_nhiem_vu": Column(
        "(SELECT tasks FROM document_counts c WHERE c.document_id = d.id)", N_("number of tasks")
    ),
    "so_canh_bao": Column(
        "(SELECT count(*) FROM warnings w WHERE w.document_id = d.id)", N_("number of warnings")
    ),
    "khong_doc_duoc": Column(
        "(SELECT group_concat(key || ': ' || value, '; ') FROM json_each(d.unread))",
        N_("what could not be read, with the reason"),
    ),
    "da_giai_thich": Column("d.explained", N_("share of the lines that the reading accounts for")),
    "dang_tep": Column("d.kind", N_("what the file is"), KINDS),
    "dia_danh_id": Column("d.issuer_place_id", N_("the issuer's place (dia_danh.id)")),
}
DEADLINE = {
    "thoi_han": Column("x.deadline_text", N_("deadline as printed")),
    "loai_thoi_han": Column("x.deadline_kind", N_("kind of deadline; null: none"), DEADLINES),
    "tu_ngay": Column("x.deadline_start", N_("first day")),
    "den_ngay": Column("x.deadline_end", N_("last day")),
    "dinh_ky": Column("x.deadline_recurrence", N_("how often"), RECURRENCES),
}
TASKS = {
    **ID,
    **WHOSE,
    **ORDINAL,
    "noi_dung": Column("x.text", N_("the task, verbatim")),
    "muc": Column("(SELECT group_concat(value, ' › ') FROM json_each(x.path))", N_("headings above it")),
    "chu_tri": Column(MENTIONS.format(role="lead"), N_("who leads, as printed")),
    "phoi_hop": Column(MENTIONS.format(role="support"), N_("who supports, as printed")),
    **DEADLINE,
    "mo_ho": Column(VAGUE, N_("1: no deadline, or thuong_xuyen")),
    "san_pham": Column(ENTRIES.format(column="text", table="task_outputs"), N_("outputs")),
    "tieu_chi": Column(ENTRIES.format(column="code", table="task_criteria"), N_("criteria of an index")),
    "nguon": Column("x.source", N_("where it stands"), {"body": "than_van_ban", "table": "bang"}),
    **PRINTED,
}
ASSIGNMENTS = {
    **TASK,
    **WHOSE,
    "don_vi_id": Column("y.unit_id", N_("the unit (don_vi.id)")),
    "don_vi": Column("u.name", N_("the unit's name, the same in all plans")),
    "vai_tro": Column("y.role", N_("role"), ROLES),
    "ghi_la": Column("y.mention", N_("as printed")),
    "theo": Column("y.origin", N_("where it is named"), ORIGINS),
    "tap_the": Column("coalesce(u.kind = 'collective', 0)", N_("1: a collective, nobody in particular")),
    "trang": Column("y.page", N_("page where it begins")),
    "do_tin_cay": Column("y.confidence", N_("OCR confidence, 0 to 1; null: no OCR")),
}
SUMMED = "(SELECT coalesce(sum({column}), 0) FROM unit_counts y WHERE y.unit_id = x.id)"
UNITS = {
    **ID,
    "khoa": Column("x.key", N_("stable key; begins with ~ where the unit is not known")),
    "ten": Column("x.name", N_("the unit's name, the same in all plans")),
    "cap": Column("x.level", N_("level of government; null: not known")),
    "loai": Column("x.kind", N_("kind of unit (collective, …); null: not known")),
    "tap_the": Column("coalesce(x.kind = 'collective', 0)", N_("1: a collective, nobody in particular")),
    "hieu_luc_tu": Column("x.valid_from", N_("first day; null: no known limit")),
    "hieu_luc_den": Column("x.valid_to", N_("last day; null: no known limit")),
    "so_chu_tri": Column(SUMMED.format(column="led"), N_("tasks that it leads")),
    "so_phoi_hop": Column(SUMMED.format(column="supported"), N_("tasks that it supports")),
}
DUE = {
    "nhiem_vu_id": Column("x.id", N_("the task (nhiem_vu.id)")),
    **WHOSE,
    **DEADLINE,
    "ngay_den_han": Column("y.day", N_("a day when it is due; null: no day is told")),
    "trang": Column("coalesce(x.deadline_page, x.page)", N_("page where it begins")),
}
TARGETS = {
    **ID,
    **WHOSE,
    "noi_dung": Column("x.text", N_("the clause, verbatim")),
    "ten_chi_tieu": Column("x.metric", N_("what is measured")),
    "so_sanh": Column("x.comparator", N_("=, >=, >, <=, <, + (rises by), - (falls by)")),
    "gia_tri": Column("x.value", N_("number")),
    "don_vi_tinh": Column("x.unit", N_("%, điểm, bậc, hạng, …")),
    "nam_chi_tieu": Column("x.year", N_("year that it is for")),
    **PRINTED,
}
CITATIONS = {
    **ID,
    **WHOSE,
    "ghi_la": Column("x.text", N_("as printed")),
    "loai": Column("x.type", N_("kind of document: nghi_dinh, quyet_dinh, luat, …")),
    "so": Column("x.number", N_("number")),
    "ky_hieu": Column("x.symbol", N_("symbol, without inner spaces")),
    "so_ky_hieu": Column(NUMBERED.format("x"), N_("number and symbol: 05/KH-UBND")),
    "ngay": Column("x.date", N_("its date")),
    "co_quan": Column("x.issuer", N_("who issued it, short form")),
    "ten": Column("x.title", N_("what it is about")),
    "nam_van_ban": Column("x.year", N_("its year")),
    "luat": Column("l.number", N_("the law that it means, where models/laws has it")),
    "con_hieu_luc_den": Column("l.valid_to", N_("its last day in force; null: in force, or not known")),
    "thay_the_boi": Column(
        "(SELECT n.number FROM laws n WHERE n.key = l.replaced_by)", N_("number of the law in its place")
    ),
    "da_het_hieu_luc": Column(
        "coalesce(l.valid_to < d.issued_on, 0)", N_("1: no longer in force when the plan was issued")
    ),
    "da_xac_minh": Column(
        "l.verified", N_("1: its days were read in a source; 0: ask before you quote them")
    ),
    **PRINTED,
}
SUPERIORS = {
    **{name: WHOSE[name] for name in ("van_ban_id", "ten_tep", "co_quan_ban_hanh", "nam")},
    "so_ky_hieu": Column(NUMBERED.format("x"), N_("number and symbol of the superior's plan")),
    "ngay": Column("x.date", N_("its date")),
    "co_quan": Column("x.issuer", N_("who issued it, short form")),
    "cap_tren_id": Column("s.id", N_("that plan (van_ban.id); null: not in the database")),
    "so_ngay_sau": Column(
        "CAST(julianday(d.issued_on) - julianday(x.date) AS INTEGER)",
        N_("days from the superior's plan to this one"),
    ),
}
SUMMARY = {
    **{name: column for name, column in WHOSE.items() if name != "van_ban_id"},
    "van_ban_id": Column("d.id", MEANT["van_ban_id"]),
    "so_nhiem_vu": Column("c.tasks", N_("number of tasks")),
    "khong_thoi_han": Column("c.without_deadline", N_("tasks without a deadline")),
    "thuong_xuyen": Column("c.continuous", N_("tasks to be done all the time")),
    "dinh_ky": Column("c.recurring", N_("tasks that recur")),
    "ty_le_mo_ho": Column(
        "round(1.0 * (c.without_deadline + c.continuous) / nullif(c.tasks, 0), 3)",
        N_("share of tasks without a deadline or thuong_xuyen"),
    ),
    "khong_chu_tri": Column("c.without_lead", N_("tasks that nobody leads")),
    "chi_tap_the": Column("c.collective_lead", N_("tasks that only collectives lead")),
    "so_canh_bao": DOCUMENT["so_canh_bao"],
}
LOAD = {
    "van_ban_id": Column("c.document_id", MEANT["van_ban_id"]),
    **{name: WHOSE[name] for name in ("ten_tep", "co_quan_ban_hanh", "cap", "xa", "tinh", "nam")},
    "don_vi_id": Column("c.unit_id", N_("the unit (don_vi.id)")),
    "don_vi": Column("u.name", N_("the unit's name, the same in all plans")),
    "ghi_la": Column("c.mention", N_("as printed")),
    "tap_the": Column("coalesce(u.kind = 'collective', 0)", N_("1: a collective, nobody in particular")),
    "so_chu_tri": Column("c.led", N_("tasks that it leads")),
    "so_phoi_hop": Column("c.supported", N_("tasks that it supports")),
}
EXPECTED = {
    **ID,
    "ten": Column("x.name", N_("an issuer that is to send a plan")),
    "tinh": Column("x.province", N_("where it lies; null: not said")),
    "hieu_luc_tu": Column("x.valid_from", N_("first day; null: no known limit")),
    "hieu_luc_den": Column("x.valid_to", N_("last day; null: no known limit")),
    "van_ban_id": Column("d.id", N_("a plan of it (van_ban.id); null: it has sent none")),
    "nam": Column("d.year", N_("the year that the plan is for")),
}
FINDINGS = {
    **ID,
    **WHOSE,
    "quy_tac": Column("x.rule", N_("id of the rule")),
    "ket_qua": Column("x.verdict", N_("verdict"), VERDICTS),
    "muc_do": Column("x.severity", N_("severity"), SEVERITIES),
    "can_cu": Column("x.basis", N_("what the rule stands on"), BASES),
    "dieu_khoan": Column("x.article", N_("article of the law")),
    "yeu_cau": Column("x.title", N_("what the rule asks for")),
    "nhan_xet": Column("x.message", N_("what to tell the sender, or why nobody can tell")),
    "de_nghi": Column("x.remedy", N_("what the sender is to do")),
    "dan_chung": Column("x.evidence", N_("the quote; null: something is absent")),
    "cho_qua": Column(
        "EXISTS (SELECT 1 FROM waivers w WHERE w.file_id = d.file_id AND w.rule = x.rule"
        " AND w.words = coalesce(x.evidence, '') AND w.withdrawn_at IS NULL)",
        N_("1: a reviewer let it rest"),
    ),
    **PRINTED,
}
HEADINGS = {
    **ID,
    **WHOSE,
    **ORDINAL,
    "so_muc": Column("x.number", N_("number of the heading, as printed")),
    "ten_muc": Column("x.title", N_("heading")),
    "bac": Column("x.level", N_("1: outermost")),
    "loai": Column("x.kind", N_("kind of section"), SECTIONS),
    "muc_cha_id": Column("x.parent_id", N_("the heading above (de_muc.id)")),
    **PRINTED,
}
PLACES = {
    **ID,
    "khoa": Column("x.key", N_("stable key")),
    "cap": Column("x.level", N_("xa, huyen, tinh")),
    "loai": Column("x.word", N_("xã, phường, thị trấn, huyện, …")),
    "ten": Column("x.name", N_("bare name")),
    "ma": Column("x.code", N_("code of the statistical office")),
    "huyen": Column("x.district", N_("district in which it lay then")),
    "tinh": Column("x.province", N_("province in which it lay then")),
    "hieu_luc_tu": Column("x.valid_from", N_("first day; null: no known limit")),
    "hieu_luc_den": Column("x.valid_to", N_("last day; null: no known limit")),
}
MERGERS = {
    "cu_id": Column("y.old_id", N_("the old place (dia_danh.id)")),
    "cu": Column("o.word || ' ' || o.name", N_("the old place")),
    "tinh_cu": Column("coalesce(o.province, o.name)", N_("its province")),
    "moi_id": Column("y.new_id", N_("the new place (dia_danh.id)")),
    "moi": Column("n.word || ' ' || n.name", N_("the new place")),
    "tinh_moi": Column("coalesce(n.province, n.name)", N_("its province")),
    "tu_ngay": Column("n.valid_from", N_("first day of the new place")),
    "mot_phan": Column("y.part", N_("1: only a part went there")),
}
SIGNATURES = {
    **ID,
    **WHOSE,
    "nguoi_ky": Column("x.signer", N_("name in the certificate")),
    "co_quan_ky": Column("x.organisation", N_("organisation in the certificate")),
    "don_vi_ky": Column("x.unit", N_("its unit in the certificate")),
    "ky_luc": Column("x.signed_at", N_("when, by the signing machine's clock; never the date of issue")),
    "dau_thoi_gian": Column("x.timestamped_at", N_("when, by the time authority's clock")),
    "con_nguyen": Column(
        "x.bytes_match", N_("1: the signed bytes are unchanged; 0: changed; null: not known")
    ),
    "ca_tep": Column("x.covers_file", N_("1: nothing was added behind the signed bytes")),
    "trang": PRINTED["trang"],
}
