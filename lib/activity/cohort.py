"""What everybody did: medians per group, and the mood of a cohort pulled towards its region."""

import numpy as np

from lib.activity.rules import Numbers, Thresholds

FEW_GROUPS = 24  # up to so many, picking each group's members beats sorting everything


def group_medians(values: Numbers, groups: Numbers, count: int) -> tuple[Numbers, Numbers]:
    """Median and size per group number 0 … count-1; the median of an empty group is NaN."""
    sizes = np.bincount(groups, minlength=count)
    medians = np.full(count, np.nan)
    if len(values) == 0:
        return medians, sizes
    there = np.flatnonzero(sizes)
    if len(there) <= FEW_GROUPS:
        for group in there.tolist():
            medians[group] = _median(values[groups == group])
        return medians, sizes
    ordered = values[np.lexsort((values, groups))]
    starts = np.cumsum(sizes) - sizes
    low = ordered[(starts + (sizes - 1) // 2)[there]]
    high = ordered[(starts + sizes // 2)[there]]
    medians[there] = (low + high) / 2
    return medians, sizes


def _median(values: Numbers) -> float:
    """Several times faster than numpy's, which looks for NaN and ours has none."""
    middle = len(values) // 2
    if len(values) % 2:
        return np.partition(values, middle)[middle]
    low, high = np.partition(values, (middle - 1, middle))[middle - 1 : middle + 1]
    return (low + high) / 2


def mood(
    logs: Numbers, eligible: Numbers, segment: Numbers, region_of: Numbers, limits: Thresholds
) -> Numbers:
    """The mood M per segment: the eligible accounts' median of ln((O+2)/(B+2)).

    `logs` and `eligible` are per account, `segment` its segment number, `region_of` the region number of
    each segment. A region with too few accounts takes everybody's median. With too few accounts at all
    the median is pulled towards 0 the same way: one account must not explain its own fall away.
    """
    kept, codes = logs[eligible], segment[eligible]
    regions = int(region_of.max()) + 1 if len(region_of) else 0
    own, sizes = group_medians(kept, codes, len(region_of))
    wide, wide_sizes = group_medians(kept, region_of[codes], regions)
    everybody = float(np.median(kept)) if len(kept) else 0.0
    if len(kept) < limits.cohort_least_accounts:
        everybody *= len(kept) / (len(kept) + limits.cohort_shrink)
    few = wide_sizes < limits.cohort_least_accounts
    base = np.where(few, everybody, wide)[region_of]
    weight = sizes / (sizes + limits.cohort_shrink)
    if len(kept) < limits.cohort_least_accounts:
        return base
    return np.where(sizes > 0, weight * np.nan_to_num(own) + (1 - weight) * base, base)
