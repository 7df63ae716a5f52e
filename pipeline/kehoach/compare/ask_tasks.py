"""Questions about tasks: when they are due, who owns them, how the load is spread, what they serve."""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from kehoach.compare.plans import Plan, Task, with_tasks
from kehoach.compare.question import Answer, Question, Row, answer
from kehoach.rules import data

COLLECTIVE = "collective"


def due(question: Question) -> Answer:
    """3: which tasks are due between two days; a rhythm without a day of its own has no day."""
    start, end = _days(question)
    told = [
        row
        for plan in with_tasks(question.db, question.plans)
        for task in plan.tasks
        for row in _due_rows(plan, task, start, end)
    ]
    told.sort(key=lambda row: (row["due"] or "9999", row["file"]))
    columns = ("file", "task", "lead", "due", "text", "recurrence", "page")
    return answer(question, "due", columns, told, start=start.isoformat(), end=end.isoformat())


def _days(question: Question) -> tuple[date, date]:
    """The asked days; without them all of the year."""
    year = question.year or max((one.year or 0 for one in question.plans), default=0) or date.today().year
    return question.start or date(year, 1, 1), question.end or date(year, 12, 31)


def _due_rows(plan: Plan, task: Task, start: date, end: date) -> Iterator[Row]:
    time = task.time
    if time is None:
        return
    days: list[date | None] = [one for one in time.days if start <= one <= end]
    if time.end and start <= time.end <= end:
        days = [time.end]
    if time.recurrence and not time.days and not time.end:
        days = [None]
    for day in days:
        yield _task_row(plan, task) | {
            "due": day.isoformat() if day else None,
            "text": said(time.text),
            "recurrence": time.recurrence,
        }


def said(text: str) -> str:
    """A deadline's own words, without the verb before and the amount behind ("xong trước ngày …")."""
    around = data("compare/sections.yaml")["around_deadline"]
    inner = re.sub(around["before"], "", text, flags=re.IGNORECASE)
    return re.sub(around["behind"], "", inner, flags=re.IGNORECASE)


def _task_row(plan: Plan, task: Task) -> Row:
    leads = [one.mention for one in task.leads]
    return {
        "file": plan.file,
        "task": task.text,
        "lead": leads,
        "page": task.page,
        "document_id": plan.id,
        "task_id": task.id,
    }


def vague(question: Question) -> Answer:
    """4: the share of tasks that are “thường xuyên” or without a deadline, ranked."""
    told = [_vague_row(plan) for plan in with_tasks(question.db, question.plans)]
    told.sort(key=lambda row: (-(row["share"] or 0.0), row["file"]))
    columns = ("file", "issuer", "tasks", "no_deadline", "continuous", "share")
    return answer(question, "vague", columns, told)


def _vague_row(plan: Plan) -> Row:
    missing = sum(task.time is None for task in plan.tasks)
    continuous = sum(task.time is not None and task.time.kind == "continuous" for task in plan.tasks)
    share = round((missing + continuous) / len(plan.tasks), 3) if plan.tasks else None
    return {
        "file": plan.file,
        "issuer": plan.issuer,
        "tasks": len(plan.tasks),
        "no_deadline": missing,
        "continuous": continuous,
        "share": share,
        "document_id": plan.id,
    }


def owners(question: Question) -> Answer:
    """5: which tasks have no owner, or only a collective."""
    told = [
        _task_row(plan, task) | {"why": why}
        for plan in with_tasks(question.db, question.plans)
        for task in plan.tasks
        if (why := _without_owner(task))
    ]
    return answer(question, "owners", ("file", "task", "lead", "why", "page"), told)


def _without_owner(task: Task) -> str | None:
    if not task.leads:
        return "none"
    return COLLECTIVE if all(one.kind == COLLECTIVE for one in task.leads) else None


def load(question: Question) -> Answer:
    """6: how many tasks each unit of a plan leads."""
    told = [row for plan in with_tasks(question.db, question.plans) for row in _load_rows(plan)]
    return answer(question, "load", ("file", "unit", "tasks"), told)


def _load_rows(plan: Plan) -> Iterator[Row]:
    """A unit under the name that the plan uses most."""
    names: dict[str, Counter[str]] = {}
    tasks: Counter[str] = Counter()
    for task in plan.tasks:
        for owner in task.leads:
            names.setdefault(owner.key, Counter())[owner.mention] += 1
        tasks.update({owner.key for owner in task.leads})
    for key, count in sorted(tasks.items(), key=lambda item: (-item[1], item[0])):
        shown = names[key].most_common(1)[0][0]
        yield {"file": plan.file, "unit": shown, "tasks": count, "unit_key": key, "document_id": plan.id}


def months(question: Question) -> Answer:
    """How many tasks of each unit end in each month; rhythms count in every month that they fall into."""
    told = [row for plan in with_tasks(question.db, question.plans) for row in _month_rows(plan)]
    return answer(question, "months", ("file", "unit", "month", "tasks"), told)


def _month_rows(plan: Plan) -> Iterator[Row]:
    tasks: Counter[tuple[str, str]] = Counter()
    for task in plan.tasks:
        for month in _months(task, plan.year):
            tasks.update({(owner.mention, month) for owner in task.leads} or {("", month)})
    for (unit, month), count in sorted(tasks.items()):
        yield {"file": plan.file, "unit": unit, "month": month, "tasks": count, "document_id": plan.id}


_EVERY = {"daily": 1, "weekly": 1, "monthly": 1, "quarterly": 3, "half-yearly": 6, "yearly": 12}


def _months(task: Task, year: int | None) -> set[str]:
    time = task.time
    if time is None:
        return set()
    if time.days or time.end:
        return {f"{day:%Y-%m}" for day in (*time.days, *([time.end] if time.end else []))}
    every = _EVERY.get(time.recurrence or "", 0)
    if not every or not year:
        return set()
    return {f"{year}-{month:02}" for month in range(every, len(calendar.month_name), every)}


_CRITERIA = """
    SELECT f.name AS file, d.issuer, c.code, count(DISTINCT t.id) AS tasks, d.id AS document_id
    FROM task_criteria c JOIN tasks t ON t.id = c.task_id JOIN documents d ON d.id = t.document_id
    JOIN files f ON f.id = d.file_id WHERE d.id IN ({marks}) GROUP BY d.id, c.code
"""


def criteria(question: Question) -> Answer:
    """9: which contents of PAPI have no task in a plan, and which plan has most."""
    found = {
        (row["file"], row["code"]): row for row in question.db.query(_CRITERIA.format(marks=question.marks()))
    }
    codes = sorted({code for _file, code in found})
    told = [
        {"file": one.file, "issuer": one.issuer, "code": code, "document_id": one.id}
        | {"tasks": found[one.file, code]["tasks"] if (one.file, code) in found else 0}
        for one in question.plans
        for code in codes
    ]
    return answer(question, "criteria", ("file", "issuer", "code", "tasks"), told)


_IDEAS = """
    SELECT f.name AS file, d.issuer, c.code, t.text AS task, t.page, d.id AS document_id, t.id AS task_id,
           (SELECT json_group_array(o.text) FROM task_outputs o WHERE o.task_id = t.id) AS outputs
    FROM task_criteria c JOIN tasks t ON t.id = c.task_id JOIN documents d ON d.id = t.document_id
    JOIN files f ON f.id = d.file_id
    WHERE d.id IN ({marks}) AND (c.code = :code OR c.code LIKE :code || '.%' OR :code IS NULL)
    ORDER BY c.code, f.name, t.ordinal
"""


def ideas(question: Question) -> Answer:
    """10: what plans do for a component of an index."""
    query = _IDEAS.format(marks=question.marks())
    told = list(question.db.query(query, {"code": question.criterion}))
    return answer(question, "ideas", ("code", "file", "issuer", "task", "outputs", "page"), told)
