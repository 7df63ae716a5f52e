"""What the database's codes are called in a workbook. CSV keeps the codes: programs read it."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from kehoach.messages import N_

Words = Mapping[str, str]

TYPES: Words = MappingProxyType(
    {
        "ke_hoach": N_("plan"),
        "cong_van": N_("official letter"),
        "quyet_dinh": N_("decision"),
        "bao_cao": N_("report"),
        "thong_bao": N_("notice"),
        "chi_thi": N_("directive"),
        "chuong_trinh": N_("programme"),
        "nghi_quyet": N_("resolution"),
        "to_trinh": N_("submission"),
        "huong_dan": N_("guideline"),
        "quy_che": N_("rules of operation"),
        "quy_dinh": N_("regulation"),
        "phuong_an": N_("working scheme"),
        "de_an": N_("scheme"),
        "bien_ban": N_("minutes"),
        "luat": N_("law"),
        "phap_lenh": N_("ordinance"),
        "nghi_dinh": N_("decree"),
        "thong_tu": N_("circular"),
        "ket_luan": N_("conclusion"),
        "khac": N_("other"),
    }
)
LEVELS: Words = MappingProxyType(
    {
        "xa": N_("commune"),
        "huyen": N_("district"),
        "tinh": N_("province"),
        "bo": N_("ministry"),
        "trung_uong": N_("central government"),
        "dang": N_("Party bodies"),
        "mttq_doan_the": N_("Front and mass organisations"),
        "khac": N_("other"),
    }
)
STATUSES: Words = MappingProxyType(
    {
        "issued": N_("issued"),
        "issued_unverified": N_("issued; no signature or seal seen"),
        "dated_unnumbered": N_("dated, without a number"),
        "unissued": N_("not issued"),
        "draft": N_("draft"),
    }
)
DEADLINES: Words = MappingProxyType(
    {
        "date": N_("on a day"),
        "by": N_("by a day"),
        "period": N_("in a period"),
        "continuous": N_("continuously"),
        "recurring": N_("recurring"),
        "event": N_("with an event"),
        "relative": N_("after an event"),
    }
)
RECURRENCES: Words = MappingProxyType(
    {
        "daily": N_("daily"),
        "weekly": N_("weekly"),
        "monthly": N_("monthly"),
        "quarterly": N_("quarterly"),
        "half-yearly": N_("half-yearly"),
        "yearly": N_("yearly"),
        "periodic": N_("periodic"),
    }
)
SECTIONS: Words = MappingProxyType(
    {
        "basis": N_("legal basis"),
        "purpose": N_("purpose"),
        "requirements": N_("requirements"),
        "objectives": N_("objectives"),
        "tasks": N_("tasks and solutions"),
        "budget": N_("budget"),
        "organisation": N_("organisation"),
        "timeline": N_("timeline"),
        "appendix": N_("appendix"),
        "other": N_("other"),
    }
)
ROLES: Words = MappingProxyType({"lead": N_("leads"), "support": N_("supports")})
ORIGINS: Words = MappingProxyType(
    {
        "item": N_("the item itself"),
        "column": N_("a table column"),
        "label": N_("a line beside it"),
        "heading": N_("the heading"),
        "addressee": N_("the document's addressees"),
    }
)
OUTCOMES: Words = MappingProxyType(
    {
        "read": N_("read"),
        "read_with_warnings": N_("read with warnings"),
        "refused": N_("refused"),
        "failed": N_("failed"),
    }
)
VERDICTS: Words = MappingProxyType(
    {"fail": N_("fails"), "not_assessable": N_("not assessable"), "pass": N_("passes")}
)
SEVERITIES: Words = MappingProxyType(
    {"blocker": N_("blocker"), "major": N_("major"), "minor": N_("minor"), "info": N_("info")}
)
YES_OR_NO: Words = MappingProxyType({"yes": N_("yes"), "no": N_("no")})
