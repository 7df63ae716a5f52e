"""The codes of the database in Vietnamese without marks, as the views give them: a column's SQL for each."""

from __future__ import annotations

from collections.abc import Mapping

STATUSES = {
    "issued": "da_ban_hanh",
    "issued_unverified": "da_ban_hanh_chua_thay_chu_ky",
    "dated_unnumbered": "co_ngay_chua_co_so",
    "unissued": "chua_ban_hanh",
    "draft": "du_thao",
}
DEADLINES = {
    "date": "ngay",
    "by": "truoc_ngay",
    "period": "khoang",
    "continuous": "thuong_xuyen",
    "recurring": "dinh_ky",
    "event": "theo_su_kien",
    "relative": "sau_moc",
}
RECURRENCES = {
    "daily": "hang_ngay",
    "weekly": "hang_tuan",
    "monthly": "hang_thang",
    "quarterly": "hang_quy",
    "half-yearly": "sau_thang",
    "yearly": "hang_nam",
    "periodic": "dinh_ky",
}
ROLES = {"lead": "chu_tri", "support": "phoi_hop"}
ORIGINS = {
    "item": "trong_cau",
    "column": "cot_bang",
    "label": "dong_ben_canh",
    "heading": "de_muc",
    "addressee": "kinh_gui",
}
SECTIONS = {
    "basis": "can_cu",
    "purpose": "muc_dich",
    "requirements": "yeu_cau",
    "objectives": "muc_tieu",
    "tasks": "nhiem_vu",
    "budget": "kinh_phi",
    "organisation": "to_chuc_thuc_hien",
    "timeline": "tien_do",
    "appendix": "phu_luc",
    "other": "khac",
}
VERDICTS = {"pass": "dat", "fail": "chua_dat", "not_assessable": "chua_du_can_cu"}
SEVERITIES = {"blocker": "chan", "major": "nang", "minor": "nhe", "info": "ghi_nhan"}
BASES = {"law": "luat", "practice": "thong_le"}
OUTCOMES = {
    "read": "doc_duoc",
    "read_with_warnings": "doc_duoc_co_canh_bao",
    "refused": "tu_choi",
    "failed": "loi",
}
RELATIONS = {
    "same": "nhu_nhau",
    "paraphrase": "dien_dat_khac",
    "part": "mot_phan",
    "merged": "gop",
    "later": "muon_hon",
    "weaker": "nhe_hon",
    "absent": "khong_co",
}
TARGET_RELATIONS = {
    "equal": "bang",
    "stronger": "cao_hon",
    "weaker": "thap_hon",
    "absent": "khong_co",
    "not_comparable": "khong_so_duoc",
}
DOUBTS = {"wrong_way": "sai_chieu", "differs": "mau_thuan", "other_body": "cua_co_quan_khac"}
TIMES = {"equal": "bang", "earlier": "som_hon", "later": "muon_hon", "vague": "bo_ngay", "firmer": "chac_hon"}
COPIES = {
    "near_copy": "gan_nhu_chep",
    "wholesale_of_superior": "chep_cap_tren",
    "handed_down": "giao_xuong",
    "handed_down_through_copy": "giao_xuong_qua_ban_chep",
    "both_from_superior": "cung_tu_cap_tren",
    "previous_year": "nam_truoc",
    "none": "khong",
}
KINDS = {
    "scan": "ban_quet",
    "digital": "ban_dien_tu",
    "mixed": "ca_hai",
    "docx": "word",
    "image": "anh",
    "text": "van_ban_thuan",
}


def said(column: str, codes: Mapping[str, str]) -> str:
    """SQL that gives the code of `column` in Vietnamese; a code without one as it is, null as null."""
    cases = " ".join(f"WHEN '{code}' THEN '{name}'" for code, name in codes.items())
    return f"CASE {column} {cases} ELSE {column} END"
