from __future__ import annotations

from datetime import date

import pytest
from django import forms
from django.utils import translation

from genlyd.ui.forms import DateField, DateTimeInput
from tests.ui.test_components import draw


class Sample(forms.Form):
    name = forms.CharField(help_text="As colleagues know you.")
    day = DateField(required=False)
    choice = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect, help_text="One.")
    agree = forms.BooleanField()
    picture = forms.FileField(required=False)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def test_label_help_and_error_are_tied_to_the_control():
    html = draw("{% field form.name %}", form=Sample({"name": ""}))
    assert 'for="id_name"' in html
    assert 'aria-describedby="id_name_help id_name_error"' in html
    assert 'id="id_name_help"' in html
    assert 'id="id_name_error"' in html
    assert 'aria-invalid="true"' in html


def test_a_field_without_help_and_error_describes_nothing():
    html = draw("{% field form.day %}", form=Sample())
    assert "aria-describedby" not in html
    assert "aria-invalid" not in html


def test_choices_stand_in_a_fieldset_that_is_described():
    html = draw("{% field form.choice %}", form=Sample({}))
    assert "<fieldset" in html
    assert "<legend" in html
    assert html.count("aria-describedby") == 1


def test_a_checkbox_stands_before_its_label():
    html = draw("{% field form.agree %}", form=Sample())
    assert html.index("<input") < html.index("<label")


def test_further_attributes_go_to_the_control():
    html = draw('{% field form.name hx-post="/x" rows=3 own_words=True %}', form=Sample())
    assert 'hx-post="/x"' in html
    assert 'class="own-words"' in html


def test_optional_fields_say_so_and_needed_ones_do_not():
    assert "field-optional" in draw("{% field form.day %}", form=Sample())
    assert "field-optional" not in draw("{% field form.name %}", form=Sample())


def test_a_form_with_a_file_is_sent_as_multipart():
    html = draw('{% form form submit="Save" %}{% endform %}', form=Sample())
    assert 'enctype="multipart/form-data"' in html
    assert "csrfmiddlewaretoken" in html
    assert html.count('name="secret"') == 1


def test_a_form_with_own_fields_still_sends_hidden_ones():
    html = draw("{% form form %}{% field form.name %}{% endform %}", form=Sample())
    assert html.count('name="secret"') == 1
    assert 'name="day"' not in html


def test_a_get_form_carries_no_token():
    assert "csrfmiddlewaretoken" not in draw('{% form method="get" %}x{% endform %}')


@pytest.mark.parametrize("typed", ["2026-12-24", "24-12-2026", "24.12.2026", "24/12/2026", "24-12-26"])
def test_a_day_is_understood_as_picked_and_as_typed(typed):
    assert DateField().clean(typed) == date(2026, 12, 24)


def test_a_day_goes_to_the_picker_in_its_own_format_in_danish():
    with translation.override("da"):
        html = draw("{% field form.day %}", form=Sample(initial={"day": date(2026, 12, 4)}))
    assert 'type="date"' in html
    assert 'value="2026-12-04"' in html


def test_a_moment_goes_to_the_picker_in_its_own_format():
    assert DateTimeInput().input_type == "datetime-local"
