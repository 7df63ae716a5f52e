"""What exists is documented. Reference pages are written from the code: `./test --accept` renews them."""

import ast
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
import typer

from kehoach import cli, errors
from kehoach.check.profiles import ours
from kehoach.cli import app
from kehoach.errors import KehoachError
from kehoach.messages import translated
from kehoach.store.queries import parameter_meaning, questions
from kehoach.store.schema import TABLES
from kehoach.store.view_columns import VIEWS
from web_server import running

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference"
READMES = [ROOT / "README.md", ROOT / "docs" / "README.vi.md"]
MAIN_JOB, TEST = "./kehoach ingest corpus/scans", "./test"
TWO_SCREENS = 100  # lines
SERVING = {"serve", "demo"}  # they go on until they are interrupted
# A licence that binds who only uses the library; LGPL and MPL do not, GPL and AGPL do.
BINDING = re.compile(r"\bA?GPL|Affero|General Public License", re.IGNORECASE)
LESSER = re.compile(r"LGPL|Lesser", re.IGNORECASE)


def database_page():
    yield "# The database\n"
    yield "Plain SQLite, strict tables, foreign keys enforced. Dates are ISO text; boxes are fractions of the"
    yield "page, origin top left; `start` and `end` count characters (code points) of `documents.text`.\n"
    yield "Analysts start with the views: Vietnamese names without marks, codes too. `kehoach schema` prints all of"
    yield "this, views in Vietnamese.\n"
    yield "# Views\n"
    for name, view in VIEWS.items():
        yield f"## {name}\n\n{view.meaning}\n\n| column | meaning |\n| --- | --- |"
        yield from (f"| `{column}` | {one.told(str)} |" for column, one in view.columns.items())
        yield ""
    yield "# Tables\n"
    for table, columns in TABLES.items():
        yield f"## {table}\n\n| column | meaning |\n| --- | --- |"
        yield from (f"| `{column}` | {meaning} |" for column, meaning in columns.items())
        yield ""


def error_classes(base=KehoachError):
    yield base
    for one in base.__subclasses__():
        yield from error_classes(one)


def errors_page():
    yield "# What can go wrong\n"
    yield "`files.reason` holds the code. Each message says what happened, each remedy what to do.\n"
    for one in sorted({error.code: error for error in error_classes()}.values(), key=lambda one: one.code):
        yield f"## {one.code}\n"
        for language in ("en", "vi"):
            yield f"- {translated(one.message, language)} {translated(one.remedy, language)}"
        yield ""


def locked(name):
    return re.findall(r"^([\w.-]+)==(\S+)", (ROOT / name).read_text(), re.MULTILINE)


def licence(package):
    told = metadata.metadata(package)
    classified = [one for one in told.get_all("Classifier") or () if one.startswith("License")]
    short = "; ".join(one.split(" :: ")[-1] for one in classified)
    return told.get("License-Expression") or short or (told.get("License") or "?").split("\n")[0]


def dependencies_page():
    yield "# Dependencies\n"
    yield "What `requirements.lock` installs, with the licence that each package states. None is GPL or"
    yield "AGPL. The OpenCV wheel carries FFmpeg's libraries (LGPL-2.1, not called by kehoach). Tesseract and"
    yield "its language data (Apache-2.0) and the Liberation fonts (OFL-1.1) come from Debian.\n"
    yield "| package | version | licence |\n| --- | --- | --- |"
    yield from (f"| {name} | {version} | {licence(name)} |" for name, version in locked("requirements.lock"))
    yield ""


CHECKS = """# The checklists

`models/checks` holds the rules as data: `form.yaml` (NĐ 30/2020/NĐ-CP), `structure.yaml`, `substance.yaml`, and
`profiles.yaml`, which chooses them by what the document is. A rule has:

| key | meaning |
| --- | --- |
| `id` | stable key, never renamed: findings in databases point at it |
| `title`, `message`, `variants`, `fix` | what users read; `{trich}` is the quote, further places in `reasons.yaml` |
| `severity`, `severity_from` | blocker, major, minor, info; another weight from a day on |
| `basis`, `verified`, `source`, `uncited` | `law` with its article or `practice`; whether and where the text was read. An article is quoted only where both hold; never for the variants in `uncited` |
| `test`, `params` | a test of `pipeline/kehoach/check` and its words and limits; params that end in `words` are patterns on folded text |
| `place`, `needs`, `fields`, `sure` | where what is absent should have stood; pages and fields that must have been read; confidence below which words of a scan prove nothing |
| `types`, `not_types`, `valid_from`, `valid_to` | documents and days that it speaks of |
| `examples`, `counterexamples` | parts to put into the plan of `frame.yaml`, and what the rule must say of the whole |

Verdicts are judged in this order: not assessable, fail, pass. Something absent fails only where all pages that would show
it were read; a blank number is looked for in the signature first.

## A province's own file

    extends: kehoach
    rules:
    - {id: ct.kinh_phi, severity: major}        # changes given keys of a rule of ours
    - id: tinh.bao_cao_so                       # or adds one
      title: Có nội dung báo cáo số
      severity: minor
      basis: {kind: practice, cite: Công văn của Sở Nội vụ}
      test: followed_up
      params: {words: bao cao so}
      message: Chưa có nội dung báo cáo số.
      fix: Bổ sung.
    profiles:
    - {id: cchc_xa, drop: [ct.kiem_tra], add: [tinh.bao_cao_so]}

`kehoach check --profile FILE` takes it. A broken file is refused with its name, the line and the reason.

## How far it agrees

`kehoach check --all --format json --db DB > found.json; python tests/agreement.py found.json` compares with what a careful
reviewer found in the five plans (`tests/data/oracle.json`): tier A is certain, tier B may be judged either way.
"""


def checks_page():
    yield CHECKS
    for profile in ours().profiles:
        yield f"## {profile.id}: {profile.title}\n\n| rule | asks for | severity | basis |\n| --- | --- | --- | --- |"
        for rule in (ours().rules[one] for one in profile.rules):
            basis = f"{rule.basis}: {rule.article}" if rule.article else rule.basis
            yield f"| `{rule.id}` | {rule.title} | {rule.severity} | {basis} |"
        yield ""


COOKBOOK = {
    "en": """# Queries

What analysts ask, each question one query on [the views](reference/database.md) (`kehoach schema`). Values begin with a colon.
`kehoach ask NUMBER` answers a question on the command line; `sqlite3`, Datasette and pandas take the SQL as it is. Numbers
are those of the fifteen questions; the others come after them. Every answer names file and page where there is one, and
`tong_hop.so_canh_bao` says of which plans something could not be read.

Tiếng Việt: [queries.vi.md](queries.vi.md)
""",
    "vi": """# Sổ tay truy vấn

Những điều người phân tích hay hỏi, mỗi câu một truy vấn trên [các khung nhìn](reference/database.md) (`kehoach schema`). Giá trị cần
điền bắt đầu bằng dấu hai chấm. `kehoach ask SỐ` trả lời ngay trên dòng lệnh; `sqlite3`, Datasette và pandas dùng nguyên câu SQL.
Số thứ tự là số của mười lăm câu hỏi; các câu khác ở sau. Mỗi câu trả lời nêu tệp và trang nếu có; `tong_hop.so_canh_bao` cho biết
kế hoạch nào có chỗ không đọc được.

English: [queries.md](queries.md)
""",
}
NEEDS = {
    "roster": {"en": "After `kehoach roster`.", "vi": "Sau khi chạy `kehoach roster`."},
    "compare": {"en": "After `kehoach compare`.", "vi": "Sau khi chạy `kehoach compare`."},
    "versions": {"en": "Where a plan came in two versions.", "vi": "Khi một kế hoạch có hai bản."},
}


def cookbook(language):
    yield COOKBOOK[language]
    named = dict.fromkeys(name for one in questions().values() for name in one.parameters)
    yield from (f"- `:{name}` {parameter_meaning(name, language)}" for name in named)
    for one in questions().values():
        number = f"{one.number}. " if one.number else ""
        yield f"\n## {number}{one.asked[language]}\n\n`{one.id}`"
        if one.needs:
            yield f"{NEEDS[one.needs][language]}"
        yield f"\n```sql\n{one.sql}\n```"
    yield ""


PAGES = {
    "../queries.md": lambda: cookbook("en"),
    "../queries.vi.md": lambda: cookbook("vi"),
    "checks.md": checks_page,
    "database.md": database_page,
    "errors.md": errors_page,
    "dependencies.md": dependencies_page,
}


@pytest.mark.parametrize("name", PAGES)
def test_reference_pages_say_what_the_code_says(name, accept):
    content = "\n".join(PAGES[name]())
    if accept:
        (REFERENCE / name).write_text(content, "utf-8")
    assert (REFERENCE / name).read_text("utf-8") == content, "renew: ./test --accept tests/test_documents.py"


def test_every_error_of_the_tree_is_drawn_in_its_module():
    drawn = errors.__doc__ or ""
    own = [one.__name__ for one in error_classes() if one.__module__ == errors.__name__]
    assert [name for name in own if name not in drawn] == []


def commands():
    tree = typer.main.get_command(app.app)
    return {name: tree.commands[name] for name in app.ORDER}


def test_every_command_and_option_is_documented():
    cli.register()
    page = (REFERENCE / "commands.md").read_text("utf-8")
    for name, command in commands().items():
        assert f"## {name}\n" in page
        section = page.split(f"## {name}\n")[1].split("\n## ")[0]
        options = [one.opts[0] for one in command.params if one.opts[0].startswith("--")]
        assert [one for one in options if f"`{one}" not in section] == []
        for readme in READMES:
            assert f"./kehoach {name}" in readme.read_text("utf-8")


def test_the_readme_gives_both_commands_in_these_words_and_is_short():
    for readme in READMES:
        lines = readme.read_text("utf-8").splitlines()
        assert {f"    {MAIN_JOB}", f"    {TEST}"} <= set(lines)
        assert len(lines) <= TWO_SCREENS


def readme_commands(readme):
    """Lines set as code that call kehoach, without their comments."""
    for line in readme.read_text("utf-8").splitlines():
        if line.startswith("    ./kehoach"):
            yield line.split("  #")[0].strip()


def test_both_readmes_show_the_same_commands():
    english, vietnamese = ([shlex.split(one)[1:] for one in readme_commands(readme)] for readme in READMES)
    assert [[("FOLDER" if word == "THƯ_MỤC" else word) for word in one] for one in vietnamese] == english


@pytest.mark.slow
@pytest.mark.ocr
@pytest.mark.parametrize("readme", READMES, ids=["en", "vi"])
def test_the_readme_s_commands_run(readme, tmp_path, corpus):
    """In order, on small input: a scan for FOLDER, a digital plan for the corpus."""
    shutil.copytree(corpus / "gold", tmp_path / "corpus" / "gold")
    (tmp_path / "corpus" / "scans").mkdir()
    (tmp_path / "FOLDER").mkdir()
    (tmp_path / "THƯ_MỤC").symlink_to("FOLDER")
    (tmp_path / "communes.txt").write_text("UBND xã Nậm Khuông\n", "utf-8")
    shutil.copy(corpus / "scans" / "004.digital.pdf", tmp_path / "corpus" / "scans")
    shutil.copy(corpus / "scans" / "000.office.pdf", tmp_path / "FOLDER")
    for line in readme_commands(readme):
        if line.split()[1] in SERVING:
            with running(*shlex.split(line)[1:], cwd=tmp_path) as server:
                assert server.address, line
                assert server.stop()[0] == 0
            continue
        command = [sys.executable, "-m", "kehoach", *shlex.split(line)[1:]]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
        well = (0, 4) if " check " in line else (0,)  # 4: a blocker stands
        assert done.returncode in well, f"{line}: {done.stderr}"
    assert (tmp_path / "output" / "kehoach.db").exists()
    assert (tmp_path / "records" / "000.office.json").exists()


def test_links_between_documents_lead_somewhere():
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#\s]+)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_decisions_say_what_why_what_was_measured_and_what_would_change_them():
    pages = list((ROOT / "docs" / "decisions").glob("*.md"))
    assert pages
    for page in pages:
        text = page.read_text("utf-8")
        for heading in ("## What", "## Why", "## Measured", "## What would change our mind"):
            assert heading in text, f"{page.name}: {heading}"


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_no_dependency_has_a_licence_that_a_public_office_could_not_accept(lock):
    stated = {name: licence(name) for name, _ in locked(lock)}
    assert {name: one for name, one in stated.items() if BINDING.search(one) and not LESSER.search(one)} == {}


def test_the_lock_holds_what_is_declared_and_the_development_lock_agrees():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    normal = {name.lower().replace("_", "-"): version for name, version in locked("requirements.lock")}
    both = {name.lower().replace("_", "-"): version for name, version in locked("requirements-dev.lock")}
    declared = {re.split(r"[><=~]", one)[0].lower() for one in project["dependencies"]}
    extras = {re.split(r"[><=~]", one)[0].lower() for one in project["optional-dependencies"]["dev"]}
    assert declared <= set(normal) and extras <= set(both)
    assert normal.items() <= both.items()


IMPORT_NAMES = {
    "fpdf2": "fpdf",
    "opencv-python-headless": "cv2",
    "python-docx": "docx",
    "pyyaml": "yaml",
}


def test_every_declared_dependency_is_used():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    used = set()
    for path in (ROOT / "pipeline").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                used |= {one.name.split(".")[0] for one in node.names}
            elif isinstance(node, ast.ImportFrom):
                used.add((node.module or "").split(".")[0])
    declared = {re.split(r"[><=~]", one)[0].lower() for one in project["dependencies"]}
    assert {one for one in declared if IMPORT_NAMES.get(one, one.replace("-", "_")) not in used} == set()
