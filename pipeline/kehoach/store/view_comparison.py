"""Views on what the comparison and the reviewers found; all empty until `kehoach compare` has run."""

from __future__ import annotations

from kehoach.messages import N_
from kehoach.store.view_codes import COPIES, DOUBTS, RELATIONS, TARGET_RELATIONS, TIMES
from kehoach.store.view_facts import OF, WHOSE, Column, View

_SUPERIOR = {"cap_tren_id": Column("x.superior_id", N_("the superior's plan (van_ban.id)"))}
_LEADS = """(SELECT group_concat(mention, '; ') FROM
    (SELECT mention FROM task_units WHERE task_id = {0}.id AND role = 'lead' ORDER BY ordinal))"""
_ALIGNMENT = {
    **WHOSE,
    **_SUPERIOR,
    "nhiem_vu_cap_tren_id": Column("x.superior_task_id", N_("the superior's task (nhiem_vu.id)")),
    "nhiem_vu_cap_tren": Column("s.text", N_("the superior's task, verbatim")),
    "giao_xuong": Column("x.handed_down", N_("1: for the units below, too; 0: bodies of that level do it")),
    "tu_than": Column("x.by_itself", N_("1: the plan's being issued carries it out")),
    "quan_he": Column("x.relation", N_("how it is carried out"), RELATIONS),
    "day_du": Column("x.complete", N_("of mot_phan: 1: all of it with the other parts; 0: something lacks")),
    "nhiem_vu_id": Column("x.task_id", N_("the task that carries it out; null: none")),
    "nhiem_vu": Column("t.text", N_("the task, verbatim")),
    "chu_tri": Column(_LEADS.format("t"), N_("who leads, as printed")),
    "thoi_han": Column("t.deadline_text", N_("deadline as printed")),
    "thoi_han_so_cap_tren": Column("x.deadline_relation", N_("its deadline beside the superior's"), TIMES),
    "sai_cap": Column("x.misplaced", N_("1: a duty of the superior level's bodies, copied down")),
    "diem": Column("x.score", N_("likeness in meaning, 0 to 1")),
    "trang": Column("t.page", N_("page where it begins")),
}
_TARGET_ALIGNMENT = {
    **WHOSE,
    **_SUPERIOR,
    "chi_tieu_cap_tren": Column("s.text", N_("the superior's target, verbatim")),
    "ten_chi_tieu": Column("s.metric", N_("what is measured")),
    "gia_tri_cap_tren": Column("s.value", N_("the superior's number")),
    "quan_he": Column("x.relation", N_("beside the superior's"), TARGET_RELATIONS),
    "chi_tieu_id": Column("x.target_id", N_("the target (chi_tieu.id); null: none")),
    "noi_dung": Column("t.text", N_("the clause, verbatim")),
    "so_sanh": Column("t.comparator", N_("=, >=, >, <=, <, + (rises by), - (falls by)")),
    "gia_tri": Column("t.value", N_("number")),
    "don_vi_tinh": Column("t.unit", N_("%, điểm, bậc, hạng, …")),
    "trang": Column("t.page", N_("page where it begins")),
}
_DOUBT = {
    **WHOSE,
    "chi_tieu_id": Column("x.target_id", N_("the target (chi_tieu.id)")),
    "loai": Column("x.kind", N_("what is wrong with it"), DOUBTS),
    "noi_dung": Column("t.text", N_("the clause, verbatim")),
    "noi_dung_khac": Column("s.text", N_("of mau_thuan: the other clause")),
    "trang": Column("t.page", N_("page where it begins")),
}
_COPY = {
    "id": Column("x.id", N_("key")),
    "truoc_id": Column("x.first_id", N_("the plan that was dated first (van_ban.id)")),
    "truoc": Column("g.name", N_("its file")),
    "co_quan_truoc": Column("s.issuer", N_("who issued it, short form")),
    "sau_id": Column("x.copy_id", N_("the later plan (van_ban.id)")),
    "sau": Column("f.name", N_("its file")),
    "co_quan_sau": Column("d.issuer", N_("who issued it, short form")),
    "nam": WHOSE["nam"],
    "tinh": WHOSE["tinh"],
    "loai": Column("x.kind", N_("kind of likeness"), COPIES),
    "ty_le_chep": Column("x.share_of_copy", N_("share of the later plan's words in copied passages")),
    "so_tu_chep": Column("x.copied_words", N_("number of these words")),
}
_PASSAGE = {
    "sao_chep_id": Column("y.copy_pair_id", N_("the pair (sao_chep.id)")),
    "doan": Column("y.text", N_("the passage, as the later plan has it")),
    "so_tu": Column("y.words", N_("number of its words, 12 or more")),
    "trong_cap_tren": Column("y.in_superior", N_("1: it stands in the superior's plan, too")),
    "trang_truoc": Column("y.first_page", N_("page of the earlier plan")),
    "trang_sau": Column("y.page", N_("page of the later plan")),
}
_FOLLOWS = "CASE WHEN x.task_id IS NULL THEN 'bo' WHEN x.old_task_id IS NULL THEN 'moi' ELSE 'tiep_tuc' END"
_SUCCESSION = {
    **WHOSE,
    "van_ban_cu_id": Column("x.old_document_id", N_("the plan of the year before (van_ban.id)")),
    "ten_tep_cu": Column("g.name", N_("its file")),
    "moc_sap_nhap": Column("k.valid_from", N_("day of the merger or renaming between; null: none")),
    "tinh_trang": Column(_FOLLOWS, N_("tiep_tuc, moi (new this year), bo (given up)")),
    "nhiem_vu_cu": Column("s.text", N_("the task of the year before, verbatim")),
    "chu_tri_cu": Column(_LEADS.format("s"), N_("who led it, as printed")),
    "thoi_han_cu": Column("s.deadline_text", N_("its deadline as printed")),
    "nhiem_vu": Column("t.text", N_("the task, verbatim")),
    "chu_tri": Column(_LEADS.format("t"), N_("who leads, as printed")),
    "thoi_han": Column("t.deadline_text", N_("deadline as printed")),
    "diem": Column("x.score", N_("likeness in meaning, 0 to 1")),
}
_VERSION = {
    "van_ban_id": Column("d.id", N_("the later version (van_ban.id)")),
    "ten_tep": WHOSE["ten_tep"],
    "co_quan_ban_hanh": WHOSE["co_quan_ban_hanh"],
    "nam": WHOSE["nam"],
    "ban_truoc_id": Column("s.id", N_("the version before it (van_ban.id)")),
    "ban_truoc": Column("g.name", N_("its file")),
    "nguoi_xac_nhan": Column("y.decided_by", N_("the reviewer who said so; null: the heads did")),
}

COMPARISON_VIEWS = {
    "doi_chieu": View(
        N_("a row a task of the superior and a task that carries it out; without one, a row"),
        f"alignments x {OF} JOIN tasks s ON s.id = x.superior_task_id LEFT JOIN tasks t ON t.id = x.task_id",
        _ALIGNMENT,
    ),
    "doi_chieu_chi_tieu": View(
        N_("a row a target of the superior and the plan's target beside it"),
        f"target_alignments x {OF} JOIN targets s ON s.id = x.superior_target_id"
        " LEFT JOIN targets t ON t.id = x.target_id",
        _TARGET_ALIGNMENT,
    ),
    "chi_tieu_nghi_van": View(
        N_("a row a target that cannot be right"),
        f"doubtful_targets x {OF} JOIN targets t ON t.id = x.target_id"
        " LEFT JOIN targets s ON s.id = x.other_id",
        _DOUBT,
    ),
    "sao_chep": View(
        N_("a row a pair of plans"),
        "copies x JOIN documents d ON d.id = x.copy_id JOIN files f ON f.id = d.file_id"
        " JOIN documents s ON s.id = x.first_id JOIN files g ON g.id = s.file_id",
        _COPY,
    ),
    "doan_sao_chep": View(N_("a row a copied passage"), "passages y", _PASSAGE),
    "ke_tiep": View(
        N_("a row a task of the year before and the task that goes on with it"),
        f"task_successions x {OF}"
        " JOIN documents o ON o.id = x.old_document_id JOIN files g ON g.id = o.file_id"
        " LEFT JOIN successions k ON k.old_document_id = x.old_document_id AND k.document_id = x.document_id"
        " LEFT JOIN tasks s ON s.id = x.old_task_id LEFT JOIN tasks t ON t.id = x.task_id",
        _SUCCESSION,
    ),
    "phien_ban": View(
        N_("a row a plan that is a later version of another"),
        "resubmissions y JOIN files f ON f.id = y.file_id JOIN documents d ON d.file_id = f.id"
        " JOIN files g ON g.id = y.earlier_file_id JOIN documents s ON s.file_id = g.id",
        _VERSION,
    ),
}
