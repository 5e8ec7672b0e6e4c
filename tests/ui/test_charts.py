from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.utils import translation

from genlyd.ui import charts
from genlyd.ui.charts import render
from tests.ui.test_components import draw

pytestmark = pytest.mark.django_db
START = date(2026, 1, 5)


def a_line(values=(10, None, 1234), title="Visits"):
    points = [charts.Point(START + timedelta(days=7 * at), value) for at, value in enumerate(values)]
    pace = [charts.Point(START, 0), charts.Point(START + timedelta(days=14), 2000)]
    return charts.line(title, "Said.", points, label="Visits", pace=pace, pace_label="Target")


def every_chart():
    return [
        a_line(),
        charts.bars("B", "Said.", [charts.Bar("LinkedIn", 34.5), charts.Bar("X", None)], label="Visits", of="Network"),
        charts.intervals("I", "Said.", [charts.Interval("Picture", 1.6, 1.2, 2.2), charts.Interval("Words", None)],
                         of="Question", less="fewer", more="more"),
        charts.rings("R", "Said.", [charts.Ring("shared", 12), charts.Ring("visited", 900)], of="Who", label="People"),
        charts.sparkline("S", "Said.", [1, None, 3]),
    ]  # fmt: skip


@pytest.mark.parametrize("at", range(5))
def test_a_chart_needs_no_inline_style_and_no_script(at):
    svg = every_chart()[at].svg
    assert svg.startswith("<svg")
    assert " style=" not in svg
    assert "<style" not in svg
    assert "<script" not in svg
    assert "http" not in svg.replace("http://www.w3.org/", "")


@pytest.mark.parametrize("at", range(5))
def test_a_chart_is_drawn_in_roles_so_that_dark_and_print_work(at):
    svg = every_chart()[at].svg
    assert "var(--chart-1)" in svg
    assert not re.search(r'(fill|stroke)="#(?!0{3,6}")', svg)


def test_numbers_and_days_are_written_in_the_readers_language():
    with translation.override("da"):
        danish = a_line().svg
    with translation.override("en"):
        english = a_line().svg
    assert ">1.000<" in danish
    assert ">1,000<" in english


def test_a_missing_value_is_a_gap_and_stays_missing_in_the_table():
    chart = a_line()
    assert chart.table.rows[1][1] == "–"
    assert len(re.findall(r'stroke="var\(--chart-1\)"', chart.svg)) >= 1
    drawn = next(
        layer
        for layer in chart.spec["layer"]
        if layer["mark"]["type"] == "line" and "strokeDash" not in layer["mark"]
    )
    assert [row["value"] for row in drawn["data"]["values"]] == [10, None, 1234]


def test_words_in_a_chart_are_escaped():
    svg = charts.bars("B", "s", [charts.Bar("<script>alert(1)</script>", 3)], label="x", of="y").svg
    assert "<script>" not in svg


def test_areas_of_rings_are_true_to_their_figures():
    chart = charts.rings("R", "s", [charts.Ring("a", 100), charts.Ring("b", 400)], of="x", label="y")
    large, small = (row["area"] for row in chart.spec["data"]["values"])
    assert large / small == pytest.approx(4)


def test_rings_touch_in_one_point():
    rows = charts.rings("R", "s", [charts.Ring("a", 50), charts.Ring("b", 900)], of="x", label="y").spec[
        "data"
    ]["values"]
    ends = [row["cx"] - (row["area"] ** 0.5 / 2) * 0.5**0.5 for row in rows]
    assert ends[0] == pytest.approx(ends[1])


def test_no_data_is_drawn_without_complaint():
    for chart in [a_line(values=()), charts.bars("B", "s", [], label="x", of="y"),
                  charts.intervals("I", "s", [], of="x"), charts.rings("R", "s", [], of="x", label="y")]:  # fmt: skip
        assert chart.svg.startswith("<svg")


def test_the_page_gets_summary_and_table_beside_the_picture():
    html = draw("{% chart chart %}", chart=a_line())
    assert "Said." in html
    assert "<table" in html
    assert '<div class="chart-picture" aria-hidden="true">' in html
    assert html.count("<svg") == 3


def test_two_charts_on_a_page_do_not_share_names():
    html = a_line().svg + charts.bars("B", "s", [charts.Bar("a", 1)], label="x", of="y").svg
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    assert all(name in ids for name in re.findall(r"url\(#([^)]+)\)", html))


def test_a_picture_for_mail_is_a_png_in_concrete_colours():
    for theme in ("light", "dark"):
        assert a_line().png(theme, accent="#004488").startswith(b"\x89PNG")


def test_a_chart_is_drawn_once_and_then_kept(monkeypatch):
    cache.clear()
    first = a_line(title="kept").svg
    monkeypatch.setattr(render, "converter", lambda: pytest.fail("drawn again"))
    assert a_line(title="kept").svg == first


def test_many_threads_may_draw_at_once(monkeypatch):
    monkeypatch.setattr(render.cache, "get", lambda *_: None)
    monkeypatch.setattr(render.cache, "set", lambda *_: None)
    with ThreadPoolExecutor(4) as pool:
        drawn = list(pool.map(lambda _: len(charts.sparkline("S", "s", [1, 2, 3]).svg), range(8)))
    assert len(set(drawn)) == 1
