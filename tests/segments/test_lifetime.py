"""Lifetime value against the published figures of Fader and Hardie (2007), two groups of customers."""

from collections import Counter

import pytest

from lib.segments import lifetime
from lib.segments.lifetime import Life

REGULAR = (100, 63.1, 46.8, 38.2, 32.6, 28.9, 26.2, 24.1)
HIGH_END = (100, 86.9, 74.3, 65.3, 59.3, 55.1, 51.7, 49.1)


def fit(survivors: tuple[float, ...]) -> lifetime.Survival:
    """From percentages left after each renewal date, of a thousand customers."""
    return lifetime.fit(lifetime.lives_of({t: round(10 * one) for t, one in enumerate(survivors)}))


@pytest.mark.parametrize(
    ("survivors", "alpha", "beta", "twelfth"),
    [(REGULAR, 0.704, 1.182, 0.170), (HIGH_END, 0.668, 3.806, 0.378)],
)
def test_the_shape_is_the_published_one(survivors, alpha, beta, twelfth):
    found = fit(survivors)

    assert (found.alpha, found.beta) == (pytest.approx(alpha, abs=0.001), pytest.approx(beta, abs=0.002))
    assert found.survives(12) == pytest.approx(twelfth, abs=0.0005)


@pytest.mark.parametrize(
    ("survivors", "renewals", "worth"),
    [(REGULAR, 0, 3.695), (HIGH_END, 0, 5.922), (REGULAR, 4, 6.358), (HIGH_END, 4, 7.270)],
)
def test_a_customer_that_renewed_is_worth_more_than_a_new_one(survivors, renewals, worth):
    assert fit(survivors).value(1.0, renewals) == pytest.approx(worth, abs=0.006)


def test_customers_seen_from_their_fourth_renewal_on_tell_the_same_shape():
    """Who left before we began to look is not held against the later dates."""
    counts = [round(1_000_000 * fit(REGULAR).survives(t)) for t in range(9)]
    late = Counter({Life(4, t - 1, True): counts[t - 1] - counts[t] for t in range(5, 9)})
    late[Life(4, 8, False)] = counts[8]
    young = lifetime.lives_of(dict(enumerate(counts[:5])))

    found = lifetime.fit(late + young)
    assert (found.alpha, found.beta) == (pytest.approx(0.704, abs=0.005), pytest.approx(1.182, abs=0.005))


def test_a_segment_with_few_losses_takes_the_shape_of_its_parent():
    parent = lifetime.lives_of({0: 1000, 1: 700, 2: 600})
    few, enough = lifetime.lives_of({0: 129, 1: 100}), lifetime.lives_of({0: 135, 1: 105, 2: 100})

    assert lifetime.fitted(few, parent) == (lifetime.fit(parent), False)
    assert lifetime.fitted(enough, parent) == (lifetime.fit(enough), True)


@pytest.mark.parametrize(
    "lives", [{}, {Life(0, 3, False): 10}, {Life(0, 0, True): 7}], ids=["nobody", "no loss", "no renewal"]
)
def test_without_losses_or_renewals_nothing_is_learnt(lives):
    assert lifetime.fit(lives) is None
