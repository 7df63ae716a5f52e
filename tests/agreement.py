"""How far the check agrees with the careful reviewer of tests/data/oracle.json.

kehoach check --all --format json --db DB > found.json; python tests/agreement.py found.json
"""

import json
import sys
from collections import Counter, defaultdict
from pathlib import Path

ORACLE = json.loads((Path(__file__).parent / "data" / "oracle.json").read_text("utf-8"))["entries"]
# On digital_signed number and date are filled in: rules about them are unjudged there.
OF_NUMBER_AND_DATE = {
    "nd30.so",
    "nd30.so_dang",
    "nd30.thoi_gian_day_du",
    "nd30.thoi_gian_hop_le",
    "nd.ban_hanh_tre",
    "nd.vien_dan_thoi_gian",
    "nd.thoi_han_truoc_ban_hanh",
    "nd.nam_khop",
}
SHARED_WORDS = 0.6  # of the shorter quote, where one does not hold the other


def agreement(plan, found):
    """Of one plan (`002.office`): outcomes counted by (tier, wanted, said), and the entries that disagree."""
    doc, _, variant = plan.partition(".")
    counted, odd = Counter(), []
    for entry in (one for one in ORACLE if one["doc"] == doc):
        if variant == "digital_signed" and entry["rule"] in OF_NUMBER_AND_DATE:
            continue
        wanted = entry.get("typeset", entry["verdict"]) if variant else entry["verdict"]
        said = verdict(entry, found)
        counted[entry["tier"], wanted, said] += 1
        if said != wanted:
            odd.append((entry["tier"], doc, entry["rule"], wanted, said, entry["evidence"]))
    return counted, odd


def verdict(entry, found):
    """What the check says of the entry: by the words where the rule has several entries in the plan."""
    own = [one for one in found if one["rule"] == entry["rule"]]
    same = [one for one in ORACLE if (one["doc"], one["rule"]) == (entry["doc"], entry["rule"])]
    fails = [one for one in own if one["verdict"] == "fail"]
    if len(same) > 1 and entry["evidence"]:
        fails = [one for one in fails if overlap(one["evidence"], entry["evidence"])]
    said = {one["verdict"] for one in own} - {"fail"}
    if fails:
        return "fail"
    return "pass" if "pass" in said or not said else "not_assessable"


def overlap(one, other):
    """Whether two quotes are about the same words."""
    one, other = (" ".join((text or "").casefold().split()) for text in (one, other))
    if not one or not other:
        return False
    shared = set(one.split()) & set(other.split())
    return (
        one in other
        or other in one
        or len(shared) >= SHARED_WORDS * min(len(one.split()), len(other.split()))
    )


def summary(counted):
    """Recall of failures and false failures of tier A, share of entries that agree of tiers A and B."""
    tier_a = {key: count for key, count in counted.items() if key[0] == "A"}
    failures = sum(count for (_, wanted, _), count in tier_a.items() if wanted == "fail")
    return {
        "recall": sum(n for (_, wanted, said), n in tier_a.items() if wanted == said == "fail") / failures,
        "false_failures": sum(n for (_, wanted, said), n in tier_a.items() if said == "fail" != wanted),
        **{tier: _share(counted, tier) for tier in ("A", "B")},
    }


def _share(counted, tier):
    told = {key: count for key, count in counted.items() if key[0] == tier}
    return f"{sum(n for (_, wanted, said), n in told.items() if wanted == said)}/{sum(told.values())}"


def main(paths):
    by_variant = defaultdict(Counter)
    for path in paths:
        for plan in json.loads(Path(path).read_text("utf-8")):
            name = plan["file"].rsplit(".", 1)[0]
            counted, odd = agreement(name, plan["findings"])
            by_variant[name.partition(".")[2] or "text"] += counted
            for one in odd:
                print(name, *one)
    for variant, counted in by_variant.items():
        print(variant, summary(counted))


if __name__ == "__main__":
    main(sys.argv[1:])
