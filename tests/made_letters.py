"""A poor plan under review, an office's settings and a picture: what letters are made of in tests."""

from datetime import UTC, date, datetime

import numpy as np

from kehoach.assess import Assessment
from kehoach.check.findings import findings
from kehoach.document.page import Box
from kehoach.document.picture import PageImage
from kehoach.document.review import Reviewed
from kehoach.letter.letterhead import Letterhead
from kehoach.letter.sheet import Received
from kehoach.pages.crop import crop
from made_checks import made

TODAY = date(2026, 1, 5)
NOW = datetime(2026, 1, 5, 8, tzinfo=UTC)
CAME = Received("2026-01-03T02:00:00+00:00", 4, "digital")
LETTERHEAD = Letterhead(
    superior="UBND tỉnh Lạng Sơn",
    agency="Sở Nội vụ",
    department="Phòng Cải cách hành chính",
    place="Lạng Sơn",
    symbol="SNV-CCHC",
    archive="CCHC",
    reviewer="Nguyễn Thị Lan",
    signer_position="Giám đốc",
    practice={"ct.kinh_phi": "Công văn số 12/SNV-CCHC"},
)
BOX_PICTURE = crop(PageImage(1, np.full((600, 400, 3), 255, np.uint8), 150), Box(1, 0.2, 0.2, 0.5, 0.3))
POOR = {
    "number": "Số:      /KH-UBND",
    "date": "An Bình, ngày     tháng     năm 2024",
    "budget": "",
    "archive": "- Lưu: VP.",
    "basis": "",
    "aims": "",
}


def assessed(**parts):
    plan, outline, record = made(**parts)
    return Assessment(1, record, tuple(Reviewed(one) for one in findings(plan, outline, record)))
