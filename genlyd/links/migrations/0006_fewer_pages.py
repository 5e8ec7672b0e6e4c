from django.db import migrations, models
from django.db.models.expressions import RawSQL


class Migration(migrations.Migration):
    """Fewer pages for each click that is counted: docs/decisions/0012."""

    dependencies = [
        ('links', '0005_outside_posts'),
    ]

    operations = [
        migrations.RemoveIndex(model_name='membertotal', name='member_total_by_rank'),
        migrations.RemoveIndex(model_name='linkday', name='link_day_by_day'),
        migrations.AddIndex(
            model_name='click',
            index=models.Index('organisation_id', RawSQL("(at AT TIME ZONE 'UTC')::date", ()), 'visitor', 'at', name='click_by_day'),
        ),
        migrations.RemoveIndex(model_name='click', name='click_by_visitor'),
    ]
