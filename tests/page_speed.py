"""How much processor time the server takes for each page: `python tests/page_speed.py DATABASE`, on any database.

A large one: `python -c "from pathlib import Path; from kehoach.bench.synthetic import Size, synthesize;
synthesize(Path('made.db'), Size(1_000_000, 10_000))"`.
"""

import os
import sys
import urllib.request
from pathlib import Path

from web_server import running

PAGES = (
    *(
        "/",
        "/?place=quang",
        "/?findings=blocker",
        "/ke-hoach/1",
        "/tim-kiem?q=mot+cua",
        "/tim-kiem?q=bao+cao",
    ),
    *("/ra-soat", "/so-sanh", "/don-vi", "/don-vi/1", "/thoi-han?nam=2024", "/bieu-do", "/du-lieu"),
    *("/cau-hoi/khoi_luong", "/dulieu/nhiem_vu", "/dulieu/tasks"),
)
TIMES = 5


def seconds(process: int) -> float:
    """Processor time that a process has taken."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main(database: str) -> None:
    with running("serve", "--db", database, "--port", 0) as server:
        for path in PAGES:
            size = len(urllib.request.urlopen(server.address + path).read())
            before = seconds(server.process.pid)
            for _ in range(TIMES):
                urllib.request.urlopen(server.address + path).read()
            spent = 1000 * (seconds(server.process.pid) - before) / TIMES
            print(f"{path:28} {spent:6.0f} ms {size / 1000:6.0f} kB")


if __name__ == "__main__":
    main(sys.argv[1])
