"""What the server answers without a browser: headers, strangers, pictures, reading only, submitting."""

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

import cv2
import numpy as np
import pytest

from kehoach.errors import PortTaken
from kehoach.store.queries import questions
from kehoach.web.serve import listen
from web_server import running

PAGES = [
    "/",
    "/ke-hoach/1",
    "/ke-hoach/3",
    "/so-sanh",
    "/ra-soat",
    "/cau-hoi/khoi_luong",
    "/dulieu",
    "/dulieu/tasks",
    "/dulieu?sql=select+1",
    "/nowhere",
]
MEGABYTES_60 = 60_000_000


def ask(url, data=None, method=None, **head):
    request = urllib.request.Request(url, data, headers=head, method=method)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers, error.read()


@pytest.mark.slow
@pytest.mark.parametrize("path", PAGES)
def test_every_answer_forbids_other_hosts(served, path):
    status, headers, body = ask(served + path)
    assert status == (404 if path == "/nowhere" else 200)
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy
    assert b"//cdn" not in body and b" onclick=" not in body and len(body) < 300_000


@pytest.mark.slow
def test_who_asks_under_another_name_gets_nothing(served):
    status, _headers, body = ask(served + "/", host="evil.example")
    assert status == 421 and b"UBND" not in body


@pytest.mark.slow
def test_a_page_is_a_picture_and_a_part_of_it_is_smaller(served):
    status, headers, data = ask(served + "/ke-hoach/1/trang/1.webp")
    whole = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    assert (
        status == 200 and headers["content-type"] == "image/webp" and "immutable" in headers["cache-control"]
    )
    _status, _headers, data = ask(served + "/ke-hoach/1/trang/1.webp?box=0.1,0.1,0.5,0.2")
    part = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    assert part.shape[0] < whole.shape[0] / 4 and part.shape[1] < whole.shape[1] / 2


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/ke-hoach/1/trang/99.webp", "/ke-hoach/3/trang/1.webp", "/ke-hoach/99"])
def test_what_is_not_there_is_not_found(served, path):
    assert ask(served + path)[0] == 404


@pytest.mark.slow
def test_analysts_can_read_and_nobody_can_write(served, database):
    _status, _headers, body = ask(
        served + "/dulieu.json?sql=select+count(*)+as+n+from+documents&_shape=array"
    )
    assert json.loads(body) == [{"n": 6}]
    before = database.read_bytes()
    for statement in ("delete from documents", "attach 'x' as y", "pragma user_version = 7"):
        query = urllib.parse.urlencode({"sql": statement})
        assert ask(f"{served}/dulieu.json?{query}")[0] >= 400
    assert database.read_bytes() == before


@pytest.mark.slow
@pytest.mark.parametrize("name", questions())
def test_every_question_is_answered_as_a_page_and_as_a_file(served, name):
    status, _headers, page = ask(f"{served}/cau-hoi/{name}")
    assert status == 200 and len(page) < 300_000
    status, headers, data = ask(f"{served}/cau-hoi/{name}.csv")
    assert status == 200 and name in headers["content-disposition"]
    assert data.startswith(b"\xef\xbb\xbf") and b"," in data.splitlines()[0]


@pytest.mark.slow
def test_an_answer_leads_back_to_the_page(served):
    _status, _headers, page = ask(served + "/cau-hoi/sap_den_han?nam=2026&tu=2026-01-01&den=2026-12-31")
    assert b'href="/ke-hoach/5#trang-1"' in page


@pytest.mark.slow
def test_submitting_is_closed_unless_it_was_opened(served):
    assert ask(served + "/nop")[0] == 403
    assert ask(served + "/nop/tep?name=a.pdf", b"%PDF-")[0] == 403


@pytest.fixture(scope="module")
def open_to_all(tmp_path_factory):
    """A server without plans yet, on which plans can be submitted: its address, its token."""
    path = tmp_path_factory.mktemp("open") / "new.db"
    with running("serve", "--db", path, "--port", 0, "--allow-upload", lines=2) as server:
        yield server.address, server.lines[1].strip().rpartition("token=")[2], path


@pytest.mark.slow
def test_who_has_no_token_cannot_submit(open_to_all):
    address, token, _path = open_to_all
    assert ask(f"{address}/nop")[0] == 403 and ask(f"{address}/nop?token=wrong")[0] == 403
    cookie_only = ask(f"{address}/nop/tep?name=a.pdf", b"x", cookie=f"nop={token}")
    assert cookie_only[0] == 403, "another site's page would send the cookie, but not the form's token"


@pytest.mark.slow
def test_a_plan_is_submitted_read_and_shown(open_to_all, corpus):
    address, token, path = open_to_all
    _status, _headers, body = ask(f"{address}/nop", cookie=f"nop={token}")
    form = body.decode().partition('data-token="')[2].partition('"')[0]
    name = urllib.parse.quote("../../xã/kế hoạch.txt")
    head = {"cookie": f"nop={token}", "x-token": form}
    status, _headers, body = ask(
        f"{address}/nop/tep?name={name}", (corpus / "text" / "004.txt").read_bytes(), **head
    )
    assert status == 202
    end = ended(address, json.loads(body)["number"])
    assert end["is_read"] and end["name"] == "kế hoạch.txt" and end["tasks"] == 14
    assert ask(f"{address}/ke-hoach/{end['plan']}")[0] == 200
    assert [one.name for one in path.parent.glob("nop/*/*")] == ["kế hoạch.txt"]
    refused = json.loads(ask(f"{address}/nop/tep?name=a.pdf", b"%PDF-1.7 nothing", **head)[2])
    end = ended(address, refused["number"])
    assert not end["is_read"] and end["plan"] is None and end["message"]


def ended(address, number):
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        told = json.loads(ask(f"{address}/dang-doc.json?number={number}")[2])
        if told["ended"]:
            return told["ended"][0]
        assert told["state"] != "broken"
        time.sleep(0.2)
    raise TimeoutError(number)


def test_a_port_that_is_taken_is_told_of_or_passed_over():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PortTaken):
            listen("127.0.0.1", port, exactly=True)
        with listen("127.0.0.1", port, exactly=False) as other:
            assert other.getsockname()[1] > port


@pytest.mark.slow
def test_the_demo_shows_plans_and_ends_cleanly(tmp_path, corpus):
    """In a folder of its own with one plan: the same way as with five."""
    (tmp_path / "corpus" / "scans").mkdir(parents=True)
    plan = corpus / "scans" / "004.digital.pdf"
    (tmp_path / "corpus" / "scans" / plan.name).write_bytes(plan.read_bytes())
    with running("demo", "--port", 0, lines=2, cwd=tmp_path) as server:
        deadline = time.monotonic() + 120
        while b"Song" not in ask(server.address + "/")[2]:
            assert time.monotonic() < deadline
            time.sleep(0.2)
        status, _out, errors = server.stop()
    assert status == 0 and errors == ""
    assert (tmp_path / "output" / "demo.db").exists()


def test_without_a_corpus_the_demo_says_so(tmp_path):
    command = [sys.executable, "-m", "kehoach", "demo"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 1 and "corpus" in done.stderr and "Traceback" not in done.stderr
