"""The pictures of triggers: as many icons as said, intervals where they belong on one scale."""

import re
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from mastkit.reports.svg import NARROW, WIDE
from mastkit.reports.trigger_charts import IntervalRow, icon_array, intervals
from mastkit.triggers.result import Interval

numbers = st.floats(0, 100)


@given(numbers, numbers, numbers)
def test_a_hundred_icons_of_which_as_many_are_filled(number: float, one: float, other: float) -> None:
    low, high = sorted((one, other))
    svg = icon_array(number, low, high, title="t", description="d")
    ElementTree.fromstring(svg)
    assert svg.count("<circle") == 100
    assert svg.count('class="there"') == round(number)
    assert svg.count('class="maybe"') == round(high) - round(low)


ratios = st.floats(0.01, 200).map(lambda value: round(value, 3))


@given(st.lists(st.tuples(ratios, ratios, ratios), min_size=1, max_size=8), st.sampled_from([WIDE, NARROW]))
def test_every_interval_is_drawn_inside_and_in_order(found: list[tuple[float, float, float]], width: int) -> None:
    rows = [
        IntervalRow("Fish & <chips> of a very long name that has no room in one line", interval, "open", "words")
        for low, median, high in map(sorted, found)
        for interval in [Interval(median, low, high)]
    ]
    svg = intervals(rows, title="t", description="d", no_difference="1", fewer="less", more="more", width=width)
    ElementTree.fromstring(svg)
    reach = [
        tuple(map(float, ends))
        for ends in re.findall(r'class="reach weak" x1="([\d.]+)" x2="([\d.]+)"', svg)
        if ends[0] != ends[1]
    ]
    assert all(0 < begin < end < width for begin, end in reach)
    assert svg.count("<circle") == len(rows)
    points = [float(x) for x in re.findall(r'cx="([\d.]+)"', svg)]
    same_order = sorted(range(len(rows)), key=lambda place: rows[place].interval.median)
    assert [points[place] for place in same_order] == sorted(points)
