"""Clicks and what is counted of them. links_click is written by hand: partitioned by month, which Django cannot say."""

import genlyd.base.ids
from django.db import migrations, models

from genlyd.links import partitions

# Wide columns first, so that no row is padded. The DEFAULT partition refuses no click, whatever its date.
CLICK = """
CREATE TABLE links_click (
    organisation_id bigint NOT NULL,
    link_id bigint NOT NULL,
    at timestamptz NOT NULL,
    id uuid NOT NULL,
    batch_id uuid NOT NULL,
    rules smallint NOT NULL CHECK (rules >= 0),
    is_first boolean NOT NULL,
    first_today boolean NOT NULL,
    prefetch boolean NOT NULL,
    private boolean NOT NULL,
    datacentre boolean NOT NULL,
    visitor bytea NOT NULL,
    verdict varchar(20) NOT NULL,
    method varchar(8) NOT NULL,
    country varchar(2) NOT NULL,
    user_agent varchar(300) NOT NULL,
    referrer_host varchar(253) NOT NULL,
    PRIMARY KEY (organisation_id, id, at)
) PARTITION BY RANGE (at);
CREATE INDEX click_by_visitor ON links_click (organisation_id, visitor, at);
CREATE TABLE links_click_default PARTITION OF links_click DEFAULT;
"""
# Arrivals come and go all day: their dead rows are cleared away by number, not by share. Totals are rewritten in place
# as long as their page has room.
STORAGE = """
ALTER TABLE links_arrival SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000,
    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 200000,
    autovacuum_vacuum_cost_delay = 0);
ALTER TABLE links_linkday SET (fillfactor = 80);
ALTER TABLE links_daytotal SET (fillfactor = 60);
ALTER TABLE links_membertotal SET (fillfactor = 80);
"""


def make_months(apps, schema_editor):
    partitions.make_ahead()


class Migration(migrations.Migration):

    dependencies = [
        ('links', '0002_notify'),
    ]

    operations = [
        migrations.CreateModel(
            name='Arrival',
            fields=[
                ('id', models.UUIDField(default=genlyd.base.ids.uuid7)),
                ('organisation_id', models.BigIntegerField()),
                ('link_id', models.BigIntegerField()),
                ('at', models.DateTimeField()),
                ('visitor', models.BinaryField(max_length=16)),
                ('method', models.CharField(max_length=8)),
                ('user_agent', models.CharField(max_length=300)),
                ('referrer_host', models.CharField(blank=True, max_length=253)),
                ('prefetch', models.BooleanField(default=False)),
                ('private', models.BooleanField(default=False)),
                ('country', models.CharField(blank=True, max_length=2)),
                ('datacentre', models.BooleanField(default=False)),
                ('pk', models.CompositePrimaryKey('organisation_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('pk', models.CompositePrimaryKey('organisation_id', 'id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('id', models.UUIDField(default=genlyd.base.ids.uuid7)),
                ('organisation_id', models.BigIntegerField()),
                ('counted_at', models.DateTimeField()),
                ('clicks', models.PositiveIntegerField()),
                ('oldest_at', models.DateTimeField()),
                ('newest_at', models.DateTimeField()),
                ('rules', models.PositiveSmallIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='CountryDay',
            fields=[
                ('pk', models.CompositePrimaryKey('organisation_id', 'day', 'country', blank=True, editable=False, primary_key=True, serialize=False)),
                ('organisation_id', models.BigIntegerField()),
                ('day', models.DateField()),
                ('country', models.CharField(max_length=2)),
                ('human_clicks', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(CLICK, 'DROP TABLE links_click'),
                migrations.RunPython(make_months, migrations.RunPython.noop),
            ],
            state_operations=[
                migrations.CreateModel(
                    name='Click',
                    fields=[
                        ('id', models.UUIDField(default=genlyd.base.ids.uuid7)),
                        ('organisation_id', models.BigIntegerField()),
                        ('link_id', models.BigIntegerField()),
                        ('at', models.DateTimeField()),
                        ('visitor', models.BinaryField(max_length=16)),
                        ('method', models.CharField(max_length=8)),
                        ('user_agent', models.CharField(max_length=300)),
                        ('referrer_host', models.CharField(blank=True, max_length=253)),
                        ('prefetch', models.BooleanField(default=False)),
                        ('private', models.BooleanField(default=False)),
                        ('country', models.CharField(blank=True, max_length=2)),
                        ('datacentre', models.BooleanField(default=False)),
                        ('pk', models.CompositePrimaryKey('organisation_id', 'id', 'at', blank=True, editable=False, primary_key=True, serialize=False)),
                        ('verdict', models.CharField(max_length=20)),
                        ('is_first', models.BooleanField()),
                        ('first_today', models.BooleanField()),
                        ('rules', models.PositiveSmallIntegerField()),
                        ('batch_id', models.UUIDField()),
                    ],
                    options={
                        'indexes': [models.Index(fields=['organisation_id', 'visitor', 'at'], name='click_by_visitor')],
                    },
                ),
            ],
        ),
        migrations.CreateModel(
            name='DayTotal',
            fields=[
                ('organisation_id', models.BigIntegerField()),
                ('clicks', models.IntegerField(default=0)),
                ('unique_clicks', models.IntegerField(default=0)),
                ('human_clicks', models.IntegerField(default=0)),
                ('visitors', models.IntegerField(default=0)),
                ('pk', models.CompositePrimaryKey('organisation_id', 'day', 'campaign_id', 'network', blank=True, editable=False, primary_key=True, serialize=False)),
                ('day', models.DateField()),
                ('campaign_id', models.BigIntegerField(default=0)),
                ('network', models.CharField(blank=True, max_length=20)),
            ],
            options={
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('visitors__gte', 0), ('visitors__lte', models.F('human_clicks')), ('human_clicks__lte', models.F('unique_clicks')), ('unique_clicks__lte', models.F('clicks'))), name='daytotal_counts_agree')],
            },
        ),
        migrations.CreateModel(
            name='LinkDay',
            fields=[
                ('organisation_id', models.BigIntegerField()),
                ('clicks', models.IntegerField(default=0)),
                ('unique_clicks', models.IntegerField(default=0)),
                ('human_clicks', models.IntegerField(default=0)),
                ('visitors', models.IntegerField(default=0)),
                ('pk', models.CompositePrimaryKey('organisation_id', 'link_id', 'day', blank=True, editable=False, primary_key=True, serialize=False)),
                ('link_id', models.BigIntegerField()),
                ('day', models.DateField()),
                ('window', models.PositiveSmallIntegerField(default=30)),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['organisation_id', 'day'], name='link_day_by_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('visitors__gte', 0), ('visitors__lte', models.F('human_clicks')), ('human_clicks__lte', models.F('unique_clicks')), ('unique_clicks__lte', models.F('clicks'))), name='linkday_counts_agree')],
            },
        ),
        migrations.CreateModel(
            name='MemberTotal',
            fields=[
                ('organisation_id', models.BigIntegerField()),
                ('clicks', models.IntegerField(default=0)),
                ('unique_clicks', models.IntegerField(default=0)),
                ('human_clicks', models.IntegerField(default=0)),
                ('visitors', models.IntegerField(default=0)),
                ('pk', models.CompositePrimaryKey('organisation_id', 'span', 'member_id', blank=True, editable=False, primary_key=True, serialize=False)),
                ('span', models.CharField(max_length=24)),
                ('member_id', models.BigIntegerField()),
            ],
            options={
                'abstract': False,
                'indexes': [models.Index(fields=['organisation_id', 'span', '-human_clicks', 'member_id'], name='member_total_by_rank')],
                'constraints': [models.CheckConstraint(condition=models.Q(('visitors__gte', 0), ('visitors__lte', models.F('human_clicks')), ('human_clicks__lte', models.F('unique_clicks')), ('unique_clicks__lte', models.F('clicks'))), name='membertotal_counts_agree')],
            },
        ),
        migrations.RunSQL(STORAGE, migrations.RunSQL.noop),
    ]
