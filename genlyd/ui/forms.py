"""Widgets that browsers know: native pickers where there are any, and text that is understood where there are none."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _

from genlyd.base import wall_clock


class DateInput(forms.DateInput):
    """The browser's own date picker. It speaks ISO; a browser without one sends what was typed."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class DateTimeInput(forms.DateTimeInput):
    """The browser's own picker for a day and a time, in the reader's time zone."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%dT%H:%M")


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


#: For DateField(input_formats=...): the picker's own, then what people in Denmark type where there is no picker.
DATE_FORMATS = ("%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%Y", "%d-%m-%y", "%d.%m.%y")


class DateField(forms.DateField):
    widget = DateInput

    def __init__(self, **options: Any) -> None:
        super().__init__(input_formats=DATE_FORMATS, **options)


class ColourInput(forms.TextInput):
    """The browser's own colour picker; sends #rrggbb."""

    input_type = "color"


class MomentField(forms.DateTimeField):
    """A day and a time on the reader's own wall. What clocks skip when summer begins is said kindly, not moved.

    The hour that comes twice when summer ends means the first of the two. Cleans to an aware datetime.
    """

    widget = DateTimeInput

    def to_python(self, value: Any) -> datetime | None:
        zone = timezone.get_current_timezone()
        # Django refuses both hours as "ambiguous"; read as UTC, there are none.
        with timezone.override(UTC):
            read = super().to_python(value)
        if read is None or (isinstance(value, datetime) and value.tzinfo):
            return read
        wall = read.replace(tzinfo=None)
        try:
            at = wall_clock.instant(wall, zone)
        except OverflowError:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None
        if at is None:
            raise ValidationError(
                _("The clocks go forward that night: %(skipped)s does not exist. How about %(instead)s?"),
                code="skipped",
                params={
                    "skipped": formats.time_format(wall.time(), "TIME_FORMAT"),
                    "instead": formats.time_format(wall_clock.after_gap(wall, zone).time(), "TIME_FORMAT"),
                },
            )
        return at
