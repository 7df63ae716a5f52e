"""What is kept is what was asked for last; a database that changes is another one."""

import os

from kehoach.web.memory import Memory, stamp


def test_a_value_is_made_once_and_the_oldest_goes_first():
    made = []
    memory = Memory(2)

    def ask(key):
        return memory.once(key, lambda: made.append(key) or len(made))

    assert [ask("a"), ask("b"), ask("a"), ask("c"), ask("a"), ask("b")] == [1, 2, 1, 3, 1, 4]
    assert made == ["a", "b", "c", "b"]
    memory.forget("a")
    ask("a")
    assert made[-1] == "a"


def test_nothing_is_a_value_too():
    memory, made = Memory(2), []
    for _ in range(2):
        memory.once("a", lambda: made.append(1))
    assert made == [1]


def test_a_write_changes_the_stamp(tmp_path):
    path = tmp_path / "a.db"
    path.write_bytes(b"1")
    before = stamp(path)
    assert stamp(path) == before
    (tmp_path / "a.db-wal").write_bytes(b"2")
    assert stamp(path) != before
    os.utime(path, ns=(1, 1))
    assert stamp(path)[0] == 1
