from django.db import migrations

#: Sums of the months, for a Genlyd that still reads them.
BACK = """
INSERT INTO links_membertotal (organisation_id, span, member_id, clicks, unique_clicks, human_clicks, visitors)
SELECT organisation_id, 'all', member_id, sum(clicks), sum(unique_clicks), sum(human_clicks), sum(visitors)
FROM links_membertotal WHERE span ~ '^[0-9]{4}-[0-9]{2}$' GROUP BY organisation_id, member_id
"""


class Migration(migrations.Migration):
    """What a member's links brought in all is the sum of the months: docs/decisions/0012."""

    dependencies = [
        ('links', '0006_fewer_pages'),
    ]

    operations = [
        migrations.RunSQL("DELETE FROM links_membertotal WHERE span = 'all'", BACK),
    ]
