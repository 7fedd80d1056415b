from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from mastkit.reports.svg import Lane, Mark, Point, nice_range, timeline, trend

START = datetime(2026, 1, 1, tzinfo=UTC)
numbers = st.floats(min_value=-1e6, max_value=1e6, allow_nan=False).filter(lambda x: x == 0 or abs(x) > 1e-6)


@given(st.lists(numbers, min_size=1, max_size=20))
def test_the_axis_holds_all_values_between_round_numbers(values):
    low, high, steps = nice_range(values)
    hair = 1e-9 * max(map(abs, values))
    assert low <= min(values) + hair
    assert high >= max(values) - hair
    assert 2 <= len(steps) <= 12


@given(st.lists(st.tuples(st.integers(0, 4000), numbers), min_size=1, max_size=30), st.text(max_size=20))
def test_a_trend_is_always_a_well_formed_drawing_with_a_name(values, name):
    points = [Point(START + timedelta(days=day), value, label=name) for day, value in sorted(values)]
    drawing = trend(points, title="Tryptase", description="what it shows", dates=[(START, "Jan")])
    root = ElementTree.fromstring("".join(c for c in drawing if c.isprintable()))
    assert root.attrib["role"] == "img"
    assert len([one for one in root.iter() if one.tag == "circle"]) == len(points)


def test_marks_outside_the_span_are_not_drawn_and_those_on_each_other_once():
    marks = (Mark(START - timedelta(days=1)), Mark(START + timedelta(days=1)), Mark(START + timedelta(days=1)))
    lanes = [Lane("Exposures", "exposure", marks)]
    drawing = timeline(lanes, START, START + timedelta(days=7), title="t", description="d", dates=[])
    assert drawing.count('class="exposure"') == 1


def test_no_style_and_no_script_stand_in_a_drawing():
    points = [Point(START, 1.0, label="<script>alert(1)</script>")]
    drawing = trend(points, title="<b>", description='"', dates=[])
    assert "style=" not in drawing
    assert "<script" not in drawing
    assert "<b>" not in drawing
