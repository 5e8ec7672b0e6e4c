from __future__ import annotations

import pytest
from django.template import TemplateSyntaxError, engines
from django.test import RequestFactory

from genlyd.ui.components.engine import COMPONENTS
from genlyd.ui.views.catalogue import demo_context


def draw(source: str, **context: object) -> str:
    return engines["django"].from_string(source).render(context, RequestFactory().get("/?sort=-name&page=2"))


@pytest.mark.parametrize("name", sorted(COMPONENTS))
def test_every_component_has_an_example_that_can_be_drawn(name, db):
    component = COMPONENTS[name]
    assert component.example
    assert f"{{% {name}" in component.example
    draw(component.example, **demo_context())


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ('{% badge "x" tonne="good" %}', "no prop 'tonne'"),
        ('{% button "x" onclick="y" %}', "no prop 'onclick'"),
        ("{% badge %}", "needs text"),
        ('{% badge "x" tone="green" %}', "not one of"),
        ('{% badge "x" text="y" %}', "text twice"),
        ('{% badge "x" "y" %}', "without a name"),
        ('{% card title="x" %}', "endcard"),
    ],
)
def test_a_mistake_fails_when_the_template_is_compiled(source, said):
    with pytest.raises(TemplateSyntaxError, match=said):
        engines["django"].from_string(source)


def test_a_wrong_choice_in_a_variable_fails_when_it_is_drawn():
    with pytest.raises(TemplateSyntaxError, match="not one of"):
        draw('{% badge "x" tone=tone %}', tone="green")


def test_a_filtered_literal_is_checked_after_its_filter():
    assert "badge--good" in draw('{% badge "x" tone="GOOD"|lower %}')


def test_an_unknown_slot_fails():
    with pytest.raises(TemplateSyntaxError, match="not a slot"):
        draw("{% card %}{% slot nowhere %}x{% endslot %}{% endcard %}")


def test_a_slot_outside_a_component_fails():
    with pytest.raises(TemplateSyntaxError, match="not a slot"):
        draw("{% slot actions %}x{% endslot %}")


def test_slots_of_nested_components_stay_apart():
    html = draw(
        "{% card title='outer' %}{% card title='inner' %}{% slot footer %}IN{% endslot %}{% endcard %}"
        "{% slot footer %}OUT{% endslot %}{% endcard %}"
    )
    assert html.index("IN") < html.index("OUT")
    assert html.count("card-footer") == 2


def test_an_unknown_icon_fails():
    with pytest.raises(TemplateSyntaxError, match="no icon 'unicorn'"):
        draw('{% icon "unicorn" %}')


def test_an_icon_never_leaves_its_folder():
    with pytest.raises(TemplateSyntaxError):
        draw('{% icon "../icons/heart" %}')


def test_a_component_does_not_see_the_page_around_it():
    assert "leak" not in draw("{% card %}{% endcard %}", title="leak", kicker="leak")


def test_words_are_escaped_in_props_attributes_and_children():
    html = draw(
        "{% button label data-x=label %}{% quote by=label %}{{ label }}{% endquote %}", label='"><script>'
    )
    assert "<script>" not in html


def test_passed_attributes_stand_on_the_element():
    html = draw(
        '{% button "x" hx-get=url data-on=True data-off=False data-none=none %}', url="/a?b=1&c=2", none=None
    )
    assert 'hx-get="/a?b=1&amp;c=2"' in html
    assert " data-on" in html
    assert "data-off" not in html
    assert "data-none" not in html


def test_a_missing_figure_is_not_zero():
    assert "figure-missing" in draw('{% figure_number value=None label="Visits" %}')
    assert "figure-missing" not in draw('{% figure_number value="0" label="Visits" %}')


def test_a_sorted_column_turns_round_and_forgets_the_page():
    html = draw('{% sortable "name" "Name" %}')
    assert 'aria-sort="descending"' in html
    assert 'href="?sort=name"' in html


def test_pages_keep_what_was_chosen(db):
    from django.core.paginator import Paginator

    html = draw("{% pages page %}", page=Paginator(range(50), 10).page(2))
    assert "?sort=-name&amp;page=3" in html
    assert 'aria-current="page"' in html


def test_one_page_shows_no_pages():
    from django.core.paginator import Paginator

    assert draw("{% pages page %}", page=Paginator(range(5), 10).page(1)) == ""


def test_a_dialog_opens_and_closes_by_address_without_javascript():
    html = draw(
        '{% button "Open" opens="it" %}{% dialog id="it" title="?" %}{% button "No" closes=True %}{% enddialog %}'
    )
    assert 'href="#it"' in html
    assert 'href="#_"' in html


def test_a_post_button_carries_the_token():
    assert "csrfmiddlewaretoken" in draw('{% post_button "Do" url="/x" %}')


def test_headings_go_down_one_step_at_a_time():
    html = draw(
        '{% section "A" %}{% card title="B" %}{% empty title="C" %}{% endempty %}{% endcard %}{% endsection %}'
        '{% card title="D" %}{% endcard %}{% section %}{% card title="E" %}{% endcard %}{% endsection %}'
    )
    levels = [line.split(" ")[0] for line in html.split("<h")[1:]]
    assert levels == ["2", "3", "4", "2", "2"]


def test_headings_keep_their_depth_in_an_included_piece():
    html = draw('{% section "A" %}{% include piece %}{% endsection %}',
                piece=engines["django"].from_string('{% card title="B" %}{% endcard %}').template)  # fmt: skip
    assert "<h3" in html
