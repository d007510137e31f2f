"""The Method of Equal Shares voter by voter in fractions, for tests: slow and plain."""

from __future__ import annotations

from fractions import Fraction


def worths(election, satisfaction):
    """Return what each project is worth to each voter, a dictionary per voter."""
    found = []
    for ballot in election.ballot_of.tolist():
        first, last = int(election.indptr[ballot]), int(election.indptr[ballot + 1])
        places = election.indices[first:last].tolist()
        points = election.points[first:last].tolist()
        if satisfaction == "cost":
            worth = {j: int(election.costs[j]) for j in places}
        elif satisfaction == "cardinality":
            worth = dict.fromkeys(places, 1)
        elif satisfaction == "points":
            worth = dict(zip(places, points, strict=True))
        else:
            worth = {j: len(places) - 1 - at for at, j in enumerate(places)}
        found.append({j: value for j, value in worth.items() if value})
    return found


def rate_of(cost, has, worth):
    """Return the least rate at which ``sum min(has, rate * worth)`` is the cost, or ``None``."""
    if sum(has) < cost:
        return None
    for rate in sorted(Fraction(h) / w for h, w in zip(has, worth, strict=True)):
        if sum(min(h, rate * w) for h, w in zip(has, worth, strict=True)) >= cost:
            poor = [h for h, w in zip(has, worth, strict=True) if h < rate * w]
            rich = [w for h, w in zip(has, worth, strict=True) if h >= rate * w]
            return Fraction(cost - sum(poor)) / sum(rich)
    return None


def admits(election, limits, funded, place):
    """Return whether limits leave room for a project beside those that are funded."""
    if limits is None:
        return True
    return (
        place not in limits.left_out
        and all(
            sum(int(election.costs[j]) for j in {*funded, place} & set(cap.members)) <= cap.most
            for cap in limits.caps
            if place in cap.members
        )
        and all(
            len({*funded, place} & set(some)) <= 1 for some in limits.exclusive if place in some
        )
    )


def count(election, endowment, *, satisfaction, ties, limits=None):
    """Return the path and its rates."""
    worth = worths(election, satisfaction)
    has = [Fraction(endowment)] * election.n_voters
    supporters = [
        [i for i in range(election.n_voters) if j in worth[i]] for j in range(election.n_projects)
    ]
    rank = {j: at for at, j in enumerate(ties)}
    path, rates = [], []
    while True:
        bids = []
        for j in range(election.n_projects):
            who = supporters[j]
            if j in path or not who or not admits(election, limits, path, j):
                continue
            rate = rate_of(
                int(election.costs[j]), [has[i] for i in who], [worth[i][j] for i in who]
            )
            if rate is not None:
                bids.append((rate, rank[j], j))
        if not bids:
            return path, rates
        rate, _, j = min(bids)
        path.append(j)
        rates.append(rate)
        for i in supporters[j]:
            has[i] -= min(has[i], rate * worth[i][j])


def completed(election, *, satisfaction, completion, ties, limits=None):
    """Return the set that is funded from the share of the budget, with completion."""
    cost = [int(c) for c in election.costs]
    supported = {j for worth in worths(election, satisfaction) for j in worth}
    endowment = Fraction(election.budget, election.n_voters)

    def at(money):
        return count(election, money, satisfaction=satisfaction, ties=ties, limits=limits)[0]

    path = at(endowment)
    while completion.startswith("add1"):
        others = [j for j in supported - set(path) if admits(election, limits, path, j)]
        left = election.budget - sum(cost[j] for j in path)
        if not others or ("e" in completion and not any(cost[j] <= left for j in others)):
            break
        endowment += election.scale
        larger = at(endowment)
        if sum(cost[j] for j in larger) > election.budget:
            break
        path = larger
    if completion in {"utilitarian", "add1u", "add1eu"}:
        worth = worths(election, satisfaction)
        if satisfaction == "cost":
            worth = [dict.fromkeys(one, 1) for one in worth]
        votes = [sum(one.get(j, 0) for one in worth) for j in range(election.n_projects)]
        rank = {j: at for at, j in enumerate(ties)}
        for j in sorted(range(election.n_projects), key=lambda j: (-votes[j], rank[j])):
            fits = sum(cost[k] for k in path) + cost[j] <= election.budget
            if j not in path and fits and admits(election, limits, path, j):
                path = [*path, j]
    return path
