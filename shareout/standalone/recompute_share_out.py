"""Recompute a share-out from its export (docs/SHARE_OUT.md) with nothing but Python: no Satcha, no database.

python3 recompute_share_out.py FILE      exit 0: every figure agrees, 1: one differs, 2: could not run
"""

import hashlib
import json
import sys
from datetime import date, timedelta


def balances(saved: list, cap: int | None, ends: list, place: int) -> list[int]:
    """What counts of the balance at each end, a month (place 0 of a movement) or a day (place 1)."""
    found = [saved[0] + sum(move[2] for move in saved[1] if move[place] <= end) for end in ends]
    return found if cap is None and place == 0 else [max(0, min(each, each if cap is None else cap)) for each in found]


def weigh(s: dict, p: dict, rule: str) -> dict[int, int]:
    """What the savings of everyone who earns weigh by a rule; nothing where membership was too short."""
    first, last = date.fromisoformat(s["starts_on"]), date.fromisoformat(s["ends_on"])
    days = [(first + timedelta(n)).isoformat() for n in range((last - first).days + 1)]
    months = {"baht_month": range(12), "average": range(1, 13), "year_end": range(12, 13)}
    ends, place = (days, 1) if rule == "by_day" else (list(months[rule]), 0)
    sums = {n: max(0, sum(balances(s["savings"][str(n)], p["cap_satang"], ends, place))) for n in s["earners"]}
    return {n: weight if s["months"].get(str(n), 0) >= p["minimum_months"] else 0 for n, weight in sums.items()}


def divide(pool: int, weights: dict[int, int], step: int) -> dict[int, int]:
    """Round down to the step; at step 1 the left-over satang go to the largest remainders, ties to the smaller key."""
    total = sum(weights.values()) or 1
    shares = {key: pool * weight // total // step * step for key, weight in weights.items()}
    left = pool - sum(shares.values()) if step == 1 and any(weights.values()) else 0
    for key in sorted(weights, key=lambda key: (-(pool * weights[key] % total), key))[:left]:
        shares[key] += 1
    return shares


def recompute(s: dict, p: dict) -> dict[str, dict[int, int]]:
    """The heads by their place in the policy, and by member number weights, dividend and rebate."""
    weights, fixed = weigh(s, p, p["weighting"]), 0
    if p["fixed_rate_bp"] is not None:
        twelve = sum(each for n, each in weigh(s, p, "average").items() if weights[n])
        fixed = min(s["distributable"], twelve * p["fixed_rate_bp"] // 120_000)
    heads = divide(s["distributable"] - fixed, {n: head["share_bp"] for n, head in enumerate(p["heads"])}, 1)
    place = {head["head"]: n for n, head in reversed(list(enumerate(p["heads"])))}
    found = {"heads": heads, "weights": weights}
    interest = {int(n): satang for n, satang in s["interest"].items() if satang > 0}
    for name, claims, extra in (("dividend", weights, fixed), ("rebate", interest, 0)):
        pool = heads[place[name]] + extra if name in place else 0
        found[name] = divide(pool, claims, p["step"])
        if name in place:
            heads[place[name]] = sum(found[name].values())
            heads[place[p["rest_to"]]] += pool - heads[place[name]]
    return found


def main(path: str) -> int:
    with open(path, encoding="utf-8") as file:  # noqa: PTH123 - one import less
        export = json.load(file)
    content = {name: export[name] for name in ("snapshot", "policy")}
    written = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    fingerprint = hashlib.sha256(b"SATCHA-SHARE-OUT-1\n" + written).hexdigest()
    said, wrong = "", [] if fingerprint == export["fingerprint"] else [f"fingerprint: comes to {fingerprint}"]
    for name, figures in recompute(export["snapshot"], export["policy"]).items():
        stated = {int(key): figure for key, figure in export["result"][name].items()}
        pairs = [(key, stated.get(key, 0), figures.get(key, 0)) for key in sorted({*figures, *stated})]
        wrong += [f"{name} of {key}: stated {one}, comes to {other}" for key, one, other in pairs if one != other]
        said += f"{name} {sum(figures.values())}, "
    said += f"code {int(fingerprint, 16) % 10**30:030d}, "
    sys.stdout.write(f"{said}{len(wrong)} differences: {wrong[0]}\n" if wrong else f"{said}everything agrees\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    try:
        sys.exit(main(*sys.argv[1:]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
        sys.stderr.write(f"could not run: {problem!r}\n{__doc__}")
        sys.exit(2)
