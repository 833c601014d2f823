"""The scripted stories of the demo: which customers fade, stall, recover or leave, and when."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Story:
    """What happens to the activity of an account, in days before the demo's first day.

    `onset_ago` the fall begins, `ramp` days later it has reached `depth` (share of the former activity)
    for `reach` of the team; `back_ago` it begins to recover. `left_ago` the contract was lost. `age` days
    since sign-up and `team` where the story needs them, `due_in` days to the contract end.
    """

    code: str
    times: int = 1
    onset_ago: int = 0
    ramp: int = 14
    depth: float = 1.0
    reach: float = 1.0
    back_ago: int = 0
    left_ago: int = 0
    age: int = 0
    team: int = 0
    due_in: int = 0


def _decline(ago: int, ramp: int, depth: float, team: int, due_in: int, reach: float = 0.9) -> Story:
    return Story("decline", 1, ago, ramp, depth, reach, team=team, due_in=due_in)


STORIES: tuple[Story, ...] = (
    # True declines, from long under way to just begun.
    _decline(140, 40, 0.20, 9, 24),
    _decline(118, 30, 0.25, 12, 61),
    _decline(97, 28, 0.30, 8, 47),
    _decline(81, 21, 0.22, 14, 88),
    _decline(70, 25, 0.15, 10, 33),
    _decline(61, 20, 0.28, 18, 120),
    _decline(52, 18, 0.20, 9, 75),
    _decline(46, 14, 0.12, 11, 55),
    _decline(41, 16, 0.25, 7, 40),
    _decline(36, 10, 0.18, 16, 95),
    _decline(31, 8, 0.10, 10, 68),
    _decline(18, 8, 0.20, 12, 110),
    # One colleague leaves, the team goes on: no alert.
    Story("departure", 1, onset_ago=34, ramp=1, depth=0.0, team=9, due_in=140),
    # New customers: some take off, some do not.
    Story("stalled", 1, depth=0.10, age=29, team=12),
    Story("stalled", 1, depth=0.14, age=38, team=9),
    Story("stalled", 1, depth=0.08, age=51, team=15),
    Story("starting", 1, age=12, team=8),
    Story("starting", 1, age=33, team=10),
    Story("starting", 1, age=57, team=7),
    # Fell once and came back.
    Story("recovered", 1, 128, 14, 0.25, 0.9, back_ago=75, team=11),
    Story("recovered", 1, 110, 14, 0.30, 0.9, back_ago=62, team=8),
    Story("recovered", 1, 100, 10, 0.20, 0.95, back_ago=58, team=13),
    Story("recovered", 1, 138, 12, 0.25, 0.9, back_ago=92, team=9),
    # Doubles in the promotion season and falls back to normal: no alert.
    Story("promotion", 3, team=12),
    # A script stops; the people go on: no alert.
    Story("script_stops", 1, onset_ago=30, ramp=1, depth=0.0, team=6),
    # Run by one person: watch list.
    Story("alone", 2, onset_ago=55, ramp=14, depth=0.10, team=1, due_in=58),
    Story("alone", 1, team=2),
    # Lost customers.
    *(Story("lost", 1, onset_ago=ago + 70, ramp=40, depth=0.15, reach=0.95, left_ago=ago)
      for ago in (12, 34, 58, 83, 121, 160, 204, 251, 300, 342, 398, 455, 520)),
    # Lost and won back after a while.
    Story("returned", 1, onset_ago=380, ramp=30, depth=0.0, back_ago=210, age=1_100, team=9),
    Story("returned", 1, onset_ago=290, ramp=30, depth=0.0, back_ago=150, age=900, team=7),
)  # fmt: skip
