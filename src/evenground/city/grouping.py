"""Read the groupings and baselines of ``city.toml``, with every defect listed."""

from __future__ import annotations

from itertools import pairwise

from evenground.city import messages as say
from evenground.city.model import BaselineChoice, Group, GroupKind
from evenground.declaration import Declaration
from evenground.errors import nearest_name

FEWEST_CLASSES, MOST_CLASSES = 2, 20
_BASELINE_KINDS = ("people", "need", "area")


def parse_groups(declared: Declaration) -> tuple[Group, ...]:
    """Return the groupings under ``[[groups]]``, each checked on its own and for repeated keys."""
    groups: dict[str, Group] = {}
    for one in declared.tables("groups"):
        group = _group(one)
        one.finish()
        if group is None:
            continue
        if group.key in groups:
            one.add(say.REPEATED_KEY, "key", value=group.key)
        else:
            groups[group.key] = group
    return tuple(groups.values())


def _group(one: Declaration) -> Group | None:
    if not one.require("key", say.GROUP_WITHOUT_KEY):
        one.finish(one.values)
        return None
    given = "classes" if one.has("indicator") else "counts"
    kind = GroupKind(one.choice("kind", [kind.value for kind in GroupKind], given))
    classes = one.whole("classes")
    group = Group(
        key=one.text("key"),
        name=one.text("name", one.text("key")),
        kind=kind,
        indicator=one.text("indicator"),
        period=one.text("period"),
        classes=3 if classes is None else classes,
        breaks=one.numbers("breaks"),
        by_value=one.flag("by_value"),
        labels=one.texts("labels"),
        members=one.texts("members"),
        names={key: str(name) for key, name in one.mapping("names").items()},
        against=one.text("against"),
        compare=_pair(one),
        stands_for=one.text("stands_for"),
    )
    sound = _sound_classes(one, group) if kind is GroupKind.CLASSES else _sound_counts(one, group)
    return group if sound else None


def _pair(one: Declaration) -> tuple[str, str] | None:
    named = one.texts("compare")
    return (named[0], named[1]) if len(named) == 2 else None  # noqa: PLR2004 - a pair


def _sound_classes(one: Declaration, group: Group) -> bool:
    before = len(one.problems)
    if not group.indicator:
        one.add(say.CLASSES_WITHOUT_INDICATOR, group=group.key)
    if any(second <= first for first, second in pairwise(group.breaks)):
        one.add(say.BREAKS_NOT_RISING, "breaks", value=list(group.breaks), group=group.key)
    n_classes = len(group.breaks) + 1 if group.breaks else group.classes
    if not FEWEST_CLASSES <= n_classes <= MOST_CLASSES:
        one.add(say.TOO_FEW_CLASSES, "classes", value=n_classes, group=group.key)
    elif not group.by_value and not group.labels:
        one.add(say.LABELS_NEEDED, "labels", group=group.key, n_classes=n_classes)
    elif not group.by_value and len(group.labels) != n_classes:
        one.add(
            say.LABELS_DO_NOT_FIT, "labels", value=", ".join(group.labels), group=group.key,
            n_labels=len(group.labels), n_classes=n_classes,
        )  # fmt: skip
    if group.labels or not group.by_value:
        _sound_compare(one, group, group.labels)
    return len(one.problems) == before


def _sound_counts(one: Declaration, group: Group) -> bool:
    before = len(one.problems)
    if not group.members:
        one.add(say.COUNTS_WITHOUT_MEMBERS, group=group.key)
    possible = (*group.members, *([group.against] if group.against else []))
    _sound_compare(one, group, possible)
    fatal = len(one.problems) > before
    for key in group.names:
        if key not in possible:
            near = nearest_name(key, possible)
            one.add(say.NAME_OF_NO_MEMBER, "names", value=key, nearest=near, group=group.key)
    return not fatal


def _sound_compare(one: Declaration, group: Group, possible: tuple[str, ...]) -> None:
    named, known = one.texts("compare"), ", ".join(possible)
    if named and group.compare is None:
        one.add(
            say.COMPARE_NEEDS_TWO, "compare", value=", ".join(named), group=group.key,
            n_named=len(named), known=known,
        )  # fmt: skip
    for name in named:
        if possible and name not in possible:
            near = nearest_name(name, possible)
            one.add(
                say.COMPARE_UNKNOWN, "compare", value=name, nearest=near, group=group.key,
                known=known,
            )  # fmt: skip


def parse_baselines(declared: Declaration) -> tuple[BaselineChoice, ...]:
    """Return the baselines under ``[[baselines]]``; at most one of them leads."""
    baselines: dict[str, BaselineChoice] = {}
    leads: list[Declaration] = []
    for one in declared.tables("baselines"):
        baseline = _baseline(one, may_lead=not leads)
        one.finish()
        if one.flag("lead"):
            leads.append(one)
        if baseline is None:
            continue
        if baseline.key in baselines:
            one.add(say.REPEATED_KEY, "key", value=baseline.key)
        else:
            baselines[baseline.key] = baseline
    if len(leads) > 1:
        leads[1].add(say.SEVERAL_LEADS, "lead", value="true", n_leads=len(leads))
    return tuple(baselines.values())


def _baseline(one: Declaration, *, may_lead: bool) -> BaselineChoice | None:
    if not one.require("key", say.BASELINE_WITHOUT_KEY):
        one.finish(one.values)
        return None
    key = one.text("key")
    baseline = BaselineChoice(
        key=key,
        name=one.text("name", key),
        kind=one.choice("kind", _BASELINE_KINDS, "people"),
        group=one.text("group", "total"),
        indicator=one.text("indicator"),
        period=one.text("period"),
        unit=one.text("unit"),
        lead=one.flag("lead") and may_lead,
        reason=one.text("reason"),
        chosen_by=one.text("chosen_by"),
        chosen_on=one.day("chosen_on"),
    )
    if baseline.kind == "need" and not (baseline.indicator or one.has("group")):
        one.add(say.NEED_WITHOUT_MEASURE, baseline=key)
        return None
    if baseline.lead and not (baseline.reason and baseline.chosen_by and baseline.chosen_on):
        one.add(say.LEAD_WITHOUT_REASON, "lead", value="true", baseline=key)
    return baseline
