"""The views for analysts: names without marks, what a row is, and what stands behind FROM."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from kehoach.messages import N_
from kehoach.store.view_codes import OUTCOMES
from kehoach.store.view_comparison import COMPARISON_VIEWS
from kehoach.store.view_facts import (
    ASSIGNMENTS,
    CITATIONS,
    DOCUMENT,
    DUE,
    EXPECTED,
    FINDINGS,
    HEADINGS,
    ID,
    LOAD,
    MERGERS,
    OF,
    OF_TASK,
    PLACES,
    PRINTED,
    SIGNATURES,
    SUMMARY,
    SUPERIORS,
    TARGETS,
    TASK,
    TASKS,
    UNITS,
    WHOSE,
    Column,
    View,
)

__all__ = ["VIEWS", "Column", "View"]

VIEWS: Mapping[str, View] = MappingProxyType(
    {
        "van_ban": View(N_("a row a document"), "documents d JOIN files f ON f.id = d.file_id", DOCUMENT),
        "nhiem_vu": View(N_("a row a task"), f"tasks x {OF}", TASKS),
        "phan_cong": View(
            N_("a row a unit of a task"),
            f"task_units y JOIN units u ON u.id = y.unit_id {OF_TASK}",
            ASSIGNMENTS,
        ),
        "don_vi": View(N_("a row a unit"), "units x", UNITS),
        "thoi_han": View(
            N_("a row a day when a task is due; without a day, a row a task"),
            f"tasks x LEFT JOIN due_days y ON y.task_id = x.id {OF}",
            DUE,
        ),
        "san_pham": View(
            N_("a row an output of a task"),
            f"task_outputs y {OF_TASK}",
            {**TASK, **WHOSE, "san_pham": Column("y.text", N_("the output"))},
        ),
        "tieu_chi": View(
            N_("a row a criterion of a task"),
            f"task_criteria y {OF_TASK}",
            {
                **TASK,
                **WHOSE,
                "ma": Column("y.code", N_("criterion of an index (PAPI.1.1)")),
                "ghi_la": Column("y.words", N_("as printed")),
                "trang": Column("y.page", N_("page where it begins")),
            },
        ),
        "chi_tieu": View(N_("a row a target"), f"targets x {OF}", TARGETS),
        "can_cu": View(
            N_("a row a document that a plan cites"),
            f"citations x {OF} LEFT JOIN citation_laws k ON k.citation_id = x.id"
            " LEFT JOIN laws l ON l.id = k.law_id",
            CITATIONS,
        ),
        "cap_tren": View(
            N_("a row a superior's plan that a plan cites"),
            f"citations x {OF} LEFT JOIN documents s ON s.number = x.number AND s.symbol = x.symbol"
            " AND s.issued_on = x.date AND s.id <> d.id"
            " WHERE x.type = 'ke_hoach' AND x.symbol LIKE 'KH-UBND%' AND (x.issuer LIKE 'UBND tỉnh%'"
            " OR x.issuer LIKE 'UBND thành phố%' OR d.level = 'xa' AND (x.issuer LIKE 'UBND huyện%'"
            " OR x.issuer LIKE 'UBND thị xã%' OR x.issuer LIKE 'UBND quận%'))",
            SUPERIORS,
        ),
        "ra_soat": View(N_("a row a finding of the check"), f"findings x {OF}", FINDINGS),
        "noi_nhan": View(
            N_("a row an item of Nơi nhận"),
            f"recipients x {OF}",
            {
                **ID,
                **WHOSE,
                "ten": Column("x.name", N_("recipient")),
                "muc_dich": Column("x.purpose", N_("what for: b/c, t/h, …")),
                **PRINTED,
            },
        ),
        "de_muc": View(N_("a row a heading"), f"sections x {OF}", HEADINGS),
        "dia_danh": View(N_("a row a place at a time"), "places x", PLACES),
        "sap_nhap": View(
            N_("a row an old place that went into a new one"),
            "place_lineage y JOIN places o ON o.id = y.old_id JOIN places n ON n.id = y.new_id",
            MERGERS,
        ),
        "tong_hop": View(
            N_("a row a document, with its counts"),
            "document_counts c JOIN documents d ON d.id = c.document_id JOIN files f ON f.id = d.file_id",
            SUMMARY,
        ),
        "khoi_luong": View(
            N_("a row a unit in a document, with its load"),
            "unit_counts c JOIN units u ON u.id = c.unit_id JOIN documents d ON d.id = c.document_id"
            " JOIN files f ON f.id = d.file_id",
            LOAD,
        ),
        "phai_gui": View(
            N_("a row a plan of an issuer that is to send one; without a plan, a row an issuer"),
            "expected_issuers x LEFT JOIN documents d ON d.issuer_folded = x.name_folded"
            " AND (x.province IS NULL OR d.province IS NULL OR d.province = x.province)",
            EXPECTED,
        ),
        "khung_tieu_chi": View(
            N_("a row a criterion of an index"),
            "criteria x",
            {
                "ma": Column("x.code", N_("criterion of an index (PAPI.1.1)")),
                "chi_so": Column('x."index"', N_("PAPI, PAR INDEX, SIPAS, …")),
                "ma_cha": Column("x.parent", N_("the criterion above it")),
                "ten": Column("x.name", N_("its name")),
            },
        ),
        **COMPARISON_VIEWS,
        "chu_ky_so": View(N_("a row a digital signature"), f"signatures x {OF}", SIGNATURES),
        "canh_bao": View(
            N_("a row a thing that could not be read"),
            f"warnings x {OF}",
            {
                **ID,
                **WHOSE,
                "ma": Column("x.code", N_("stable code")),
                "noi_dung": Column("x.message", N_("what could not be read")),
                "trang": PRINTED["trang"],
            },
        ),
        "tep": View(
            N_("a row a file, read or not"),
            "files x",
            {
                **ID,
                "ten": Column("x.name", N_("file name as first submitted")),
                "ket_qua": Column("x.outcome", N_("what came of it"), OUTCOMES),
                "ly_do": Column("x.reason", N_("error code where it was not read")),
                "loai": Column("x.media_type", N_("by content, not by extension")),
                "so_byte": Column("x.bytes", N_("size in bytes")),
                "nhan_luc": Column("x.received_at", N_("when it first came")),
            },
        ),
    }
)
