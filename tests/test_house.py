"""The house keeps its order: imports point down, libraries stay in their rooms, files are small."""

import ast
import statistics
import sys
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "pipeline" / "kehoach"
# Lowest first. A room sees lower floors only; rooms on one floor are strangers.
FLOORS = [
    {"errors", "messages", "patterns", "sqlite"},
    {"text", "fonts"},
    {"document"},
    {"rules"},
    {"encodings"},
    {"ingest", "pages", "ocr", "tables", "layout", "outline", "language", "extract", "check", "repair"},
    {"review"},
    {"store"},
    {"assess"},
    {"settings", "export", "compare", "frames", "letter", "rounds", "chart"},
    {"run"},
    {"evaluate", "bench", "doctor", "web"},
    {"cli"},
    {"__main__"},
]
FLOOR = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
# `errors` says its remedies in the user's language, so it stands on `messages`.
SAME_FLOOR = {("errors", "messages")}
LIBRARIES = {
    "sqlite": {"sqlite_utils"},
    "text": {"rapidfuzz"},
    "document": {"numpy"},
    "rules": {"yaml"},
    "ingest": {"docx", "lxml"},
    "pages": {"asn1crypto", "pypdfium2", "pdfplumber", "pikepdf", "cv2", "numpy"},
    "ocr": {"tesserocr", "numpy"},
    "tables": {"pdfplumber", "cv2", "numpy"},
    "layout": {"numpy"},
    "repair": {"numpy", "rapidfuzz"},
    "language": {"spacy", "underthesea"},
    "extract": {"spacy", "holidays"},
    "chart": {"matplotlib"},
    "export": {"icalendar", "pyarrow", "xlsxwriter"},
    "compare": {"numpy"},
    "frames": {"pandas"},
    "letter": {"docx", "fpdf"},
    "rounds": {"xlsxwriter"},
    "run": {"pypdfium2", "spacy"},
    "evaluate": {"rapidfuzz", "numpy", "yaml"},
    "bench": {"pypdfium2", "spacy", "underthesea", "rapidfuzz", "yaml"},
    "doctor": {"tesserocr"},
    "web": {"datasette", "jinja2", "uvicorn"},
    "cli": {"typer", "rich"},
}
FILE_LINES = 400
FUNCTION_LINES = 50
MEDIAN_FUNCTION_LINES = 12
MODULES = [path for path in sorted(PACKAGE.rglob("*.py")) if path != PACKAGE / "__init__.py"]
each_module = pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def nodes(path: Path, *kinds: type) -> list:
    return [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, kinds)]


def imported(path: Path) -> set[str]:
    """Every imported name with its dots, also in functions and under TYPE_CHECKING."""
    names = set()
    for node in nodes(path, ast.Import, ast.ImportFrom):
        stem = f"{node.module}." if isinstance(node, ast.ImportFrom) else ""
        names |= {stem + one.name for one in node.names}
    return names


def length(function: ast.FunctionDef) -> int:
    return (function.end_lineno or 0) - function.lineno + 1


@each_module
def test_imports_point_down_and_are_absolute(path):
    assert not any(getattr(node, "level", 0) for node in nodes(path, ast.ImportFrom))
    room = room_of(path)
    assert room in FLOOR, f"give {room} a floor"
    seen = {name.split(".")[1] for name in imported(path) if name.startswith("kehoach.")} - {
        room,
        "__version__",
    }
    strangers = {one for one in seen if FLOOR[one] >= FLOOR[room] and (room, one) not in SAME_FLOOR}
    assert not strangers, f"{room} sees {strangers}"


@each_module
def test_libraries_stay_in_their_rooms(path):
    tops = {name.split(".")[0] for name in imported(path)} - set(sys.stdlib_module_names) - {"kehoach"}
    assert tops <= LIBRARIES.get(room_of(path), set())


@each_module
def test_imports_inside_functions_stand_only_in_cli(path):
    functions = nodes(path, ast.FunctionDef)
    local = [n for f in functions for n in ast.walk(f) if isinstance(n, ast.Import | ast.ImportFrom)]
    assert not local or room_of(path) == "cli"


@each_module
def test_only_the_way_catches_everything(path):
    caught = [ast.unparse(node.type) if node.type else "Exception" for node in nodes(path, ast.ExceptHandler)]
    broad = caught.count("Exception") + sum(
        one == "BaseException" and not ends_in_raise(node)
        for one, node in zip(caught, nodes(path, ast.ExceptHandler), strict=True)
    )
    assert broad == (path == PACKAGE / "run" / "way.py")


def ends_in_raise(handler: ast.ExceptHandler) -> bool:
    """Tidying up and raising on is no forgiving."""
    return isinstance(handler.body[-1], ast.Raise) and handler.body[-1].exc is None


@each_module
def test_files_and_functions_stay_small(path):
    assert len(path.read_text("utf-8").splitlines()) <= FILE_LINES
    long = {f.name: length(f) for f in nodes(path, ast.FunctionDef) if length(f) > FUNCTION_LINES}
    assert not long


@each_module
def test_what_is_public_says_what_it_means(path):
    tree = ast.parse(path.read_text("utf-8"))
    assert path.name == "__init__.py" or ast.get_docstring(tree), "a module says what it knows"
    bare = [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and not ast.get_docstring(node)
    ]
    assert not bare or room_of(path) == "cli", "commands say what they do in their help"


@each_module
def test_only_cli_prints(path):
    prints = [n for n in nodes(path, ast.Call) if isinstance(n.func, ast.Name) and n.func.id == "print"]
    assert not prints or room_of(path) == "cli"


def test_the_median_function_is_short():
    lengths = [length(function) for path in MODULES for function in nodes(path, ast.FunctionDef)]
    assert statistics.median(lengths) <= MEDIAN_FUNCTION_LINES


def test_no_home_for_everything():
    assert not {path.stem for path in MODULES} & {"utils", "helpers", "common", "base", "manager", "handler"}
