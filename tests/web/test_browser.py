"""The page in a real browser: what a clerk sees, hears, presses and prints."""

import sqlite3

import pytest

from web_server import running

MISSING = "/khong-co"
axe = pytest.importorskip("axe_playwright_python.sync_playwright")
pytestmark = pytest.mark.slow

PAGES = {
    "plans": "/",
    "no plan": "/?title=nothing+like+it",
    "a plan with pages": "/ke-hoach/2",
    "a plan of text": "/ke-hoach/3",
    "search": "/tim-kiem?q=mot+cua",
    "checklist": "/ra-soat",
    "questions": "/cau-hoi",
    "question": "/cau-hoi/ban_hanh_muon",
    "comparison": "/so-sanh",
    "side by side": "/so-sanh?nv=95",
    "units": "/don-vi",
    "unit": "/don-vi/1",
    "deadlines": "/thoi-han",
    "data": "/du-lieu",
    "view": "/dulieu/nhiem_vu",
    "table": "/dulieu/findings",
    "row": "/dulieu/documents/1",
    "sql": "/dulieu?sql=select+id,+title+from+documents",
    "charts": "/bieu-do",
    "no such page": MISSING,
}
PLANS = 6
PHONE = (360, 740)
A4_POINTS = b"/MediaBox [0 0 594.95996 841.91998]"
each_page = pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())


def open_at(page, address):
    page.goto(address)
    page.wait_for_load_state("networkidle")


IN_THE_DARK = ["/", "/ke-hoach/3", "/ra-soat", "/so-sanh", "/thoi-han", "/don-vi", "/dulieu/nhiem_vu"]


@pytest.mark.parametrize(
    "path, scheme", [(path, "light") for path in PAGES.values()] + [(path, "dark") for path in IN_THE_DARK]
)
def test_nothing_stands_in_the_way_of_people_with_disabilities(page, served, path, scheme):
    page.emulate_media(color_scheme=scheme)
    status = page.goto(served + path).status
    page.wait_for_load_state("networkidle")
    found = axe.Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert status == (404 if path == MISSING else 200)


@each_page
@pytest.mark.parametrize("page", [PHONE], indirect=True)
def test_a_phone_never_scrolls_sideways(page, served, path):
    open_at(page, served + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


@each_page
def test_every_page_speaks_vietnamese_and_has_one_heading(page, served, path):
    open_at(page, served + path)
    assert page.get_attribute("html", "lang") == "vi" and page.title()
    assert page.locator("h1").count() == 1 and page.locator("main").count() == 1


def lit(page):
    """Kinds of the boxes or words that are lit."""
    script = "[...document.querySelectorAll('.paper .lit')].map(one => one.dataset.of)"
    return page.evaluate(script)


def test_hovering_a_task_lights_its_box_and_brings_it_into_sight(page, served):
    open_at(page, served + "/ke-hoach/1")
    page.hover("#task-20 .words")
    page.wait_for_selector(".paper .lit[data-of=task-20]", state="attached")
    assert set(lit(page)) == {"task-20"}
    inside = """() => {
        const box = document.querySelector('#o-task-20 rect').getBoundingClientRect();
        const paper = document.querySelector('.paper').getBoundingClientRect();
        return box.top >= paper.top && box.bottom <= paper.bottom;
    }"""
    # Not by wait_for_function: it needs eval, which the page's policy forbids.
    assert any(page.evaluate(inside) or page.wait_for_timeout(100) for _ in range(100))


def test_the_lit_box_is_where_the_words_are_in_the_picture(page, served, database):
    """The box on the screen, as a fraction of its picture, is the task's in the database."""
    query = "SELECT x0, y0, x1, y1 FROM tasks WHERE document_id = 1 AND ordinal = 0"
    wanted = sqlite3.connect(database).execute(query).fetchone()
    open_at(page, served + "/ke-hoach/1")
    box, picture = page.evaluate(
        """() => {
            const box = document.querySelector('#o-task-0 rect');
            const picture = box.closest('.sheet').querySelector('img');
            const edges = (one) => (({left, top, right, bottom}) => [left, top, right, bottom])
                (one.getBoundingClientRect());
            return [edges(box), edges(picture)];
        }"""
    )
    width, height = picture[2] - picture[0], picture[3] - picture[1]
    seen = [(edge - picture[place % 2]) / (height if place % 2 else width) for place, edge in enumerate(box)]
    assert seen == pytest.approx(wanted, abs=0.005)


def test_a_click_on_a_box_leads_to_its_fact(page, served):
    open_at(page, served + "/ke-hoach/1")
    page.evaluate("document.querySelector('#o-task-3 rect').scrollIntoView({block: 'center'})")
    page.locator("#o-task-3 rect").dispatch_event("click")
    assert page.evaluate("document.querySelector('.fact.lit').id") == "task-3"
    assert page.evaluate("document.activeElement.closest('.fact').id") == "task-3"
    assert page.url.endswith("#task-3")


def test_text_without_pages_lights_the_words(page, served, database):
    (words,) = sqlite3.connect(database).execute(
        "SELECT text FROM tasks WHERE document_id = 3 AND ordinal = 1"
    )
    open_at(page, served + "/ke-hoach/3")
    page.hover("#task-1 .words")
    shown = page.evaluate(
        "[...document.querySelectorAll('.paper .lit.task')].map(one => one.textContent).join('')"
    )
    assert "".join(words[0].split()) in "".join(shown.split())


def test_the_keyboard_is_enough(page, served):
    open_at(page, served + "/ke-hoach/1")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "noi-dung"
    page.focus("#task-0 a.where")
    seen = []
    for key in ("ArrowDown", "ArrowDown", "ArrowUp", "End", "Home"):
        page.keyboard.press(key)
        seen.append(page.evaluate("document.activeElement.closest('.fact').id"))
        assert seen[-1] in lit(page)
    assert seen[:3] == ["task-1", "task-2", "task-1"] and seen[3] != seen[4]
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"


def test_a_link_from_elsewhere_opens_at_the_fact(page, served):
    open_at(page, served + "/ke-hoach/1#task-5")
    page.wait_for_selector(".paper .lit", state="attached")
    assert "task-5" in lit(page)


def test_the_list_is_filtered(page, served):
    open_at(page, served + "/")
    assert page.locator(".plans tbody tr").count() == PLANS
    page.fill("input[name=place]", "hoang viet")
    with page.expect_navigation():
        page.click(".filters button")
    assert page.locator(".plans tbody tr").count() == 1
    assert "Hoàng Việt" in page.inner_text(".plans tbody")
    with page.expect_navigation():
        page.click(".filters .clear")
    assert page.locator(".plans tbody tr").count() == PLANS


def test_a_search_finds_without_marks_and_leads_to_the_plan(page, served):
    open_at(page, served + "/")
    page.fill(".find input", "hoang viet")
    with page.expect_navigation(wait_until="networkidle"):
        page.keyboard.press("Enter")
    assert "Hoàng Việt".lower() in " ".join(page.locator("mark").all_inner_texts()).lower()
    page.locator(".hits a").first.click()
    assert "/ke-hoach/1#" in page.url


def test_a_search_is_narrowed_and_leads_to_the_task(page, served):
    open_at(page, served + "/tim-kiem?q=bao+cao")
    everywhere = page.locator(".hits > li").count()
    page.fill("input[name=unit]", "van phong")
    page.select_option("select[name=year]", "2026")
    with page.expect_navigation(wait_until="networkidle"):
        page.click(".ask button")
    assert 0 < page.locator(".hits > li").count() < everywhere
    assert all("2026" in one for one in page.locator(".hits .line").all_inner_texts())
    page.locator(".hits a").first.click()
    page.wait_for_selector(".paper .lit", state="attached")
    assert page.evaluate("document.querySelector('.fact.lit').id") in page.url


def test_refused_files_are_told_of_with_what_to_do(page, served):
    open_at(page, served + "/")
    page.click(".refused summary")
    told = page.inner_text(".refused")
    assert "empty.pdf" in told and "gửi lại" in told.lower()


def test_analysts_run_sql(page, served):
    open_at(page, served + "/du-lieu")
    page.fill("textarea", "SELECT count(*) AS so FROM van_ban")
    with page.expect_navigation(wait_until="networkidle"):
        page.click(".sql button")
    assert page.inner_text(".data tbody").strip() == str(PLANS)


@pytest.mark.parametrize("path", ["/", "/ke-hoach/1", "/ra-soat"])
def test_paper_gets_the_facts_without_the_furniture(page, served, path):
    open_at(page, served + path)
    page.emulate_media(media="print")
    assert not page.is_visible(".top") and page.is_visible("h1")
    printed = page.pdf(prefer_css_page_size=True)
    assert printed.startswith(b"%PDF") and A4_POINTS in printed


def test_a_plan_is_submitted_with_progress(page, tmp_path, corpus):
    with running("serve", "--db", tmp_path / "a.db", "--port", 0, "--allow-upload", lines=2) as server:
        open_at(page, server.lines[1].split()[-1])
        assert "token" not in page.url
        found = axe.Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        page.set_input_files("#tep", [corpus / "text" / "004.txt", corpus / "README.md"])
        page.wait_for_selector(".sent .well a", timeout=120_000)
        page.wait_for_selector(".sent .bad", timeout=120_000)
        page.click(".sent .well a")
        assert "Đắk Song" in page.inner_text(".plan-head")
        page.wait_for_load_state("networkidle")  # what the page still asks for would be refused


def test_the_list_grows_by_itself_while_files_are_read(page, tmp_path, corpus):
    (tmp_path / "corpus" / "scans").mkdir(parents=True)
    plan = corpus / "scans" / "004.digital.pdf"
    (tmp_path / "corpus" / "scans" / plan.name).write_bytes(plan.read_bytes())
    with running("demo", "--port", 0, lines=2, cwd=tmp_path) as server:
        page.goto(server.address)
        page.wait_for_selector(".under-way progress", timeout=20_000)
        page.evaluate("document.body.dataset.same = 'yes'")
        page.wait_for_selector(".plans tbody tr", timeout=120_000)
        page.wait_for_selector(".under-way", state="detached", timeout=20_000)
        assert page.evaluate("document.body.dataset.same") == "yes", "nothing was loaded anew"
