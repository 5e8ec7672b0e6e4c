"""ALL periodic jobs, in one list. An area writes the task; only this list says when it runs."""

from __future__ import annotations

from procrastinate import App

#: (cron, task's full name). Times are UTC. Tasks take `timestamp` (epoch seconds of the planned run).
EVERY: list[tuple[str, str]] = [
    ("* * * * *", "genlyd.base.tasks.take_up_lost_jobs"),
    ("23 2 * * *", "genlyd.base.tasks.forget_old_jobs"),
    ("33 2 * * *", "genlyd.base.tasks.forget_old_sessions"),
    ("* * * * * */5", "genlyd.links.tasks.judge_clicks"),  # the sixth field is seconds
    ("5 0 * * *", "genlyd.links.tasks.forget_salts"),
    ("19 * * * *", "genlyd.links.tasks.check_domains"),
    ("*/10 * * * *", "genlyd.links.tasks.check_targets"),
    ("53 1 * * *", "genlyd.links.tasks.keep_months"),
    ("41 2 * * *", "genlyd.links.tasks.keep_targets"),
    ("35 1 * * *", "genlyd.measurement.tasks.read_everything"),
    ("0 6 * * *", "genlyd.measurement.tasks.ask_owners"),
    ("*/5 * * * *", "genlyd.content.tasks.check_due_feeds"),
    ("* * * * *", "genlyd.sharing.tasks.sweep"),
    ("*/5 * * * *", "genlyd.sharing.tasks.read_back"),
    ("43 3 * * *", "genlyd.sharing.tasks.forget_told"),
    ("41 * * * *", "genlyd.networks.tasks.keep_sessions"),
    ("*/10 * * * *", "genlyd.networks.tasks.read_followers"),
    ("11 3 * * *", "genlyd.networks.tasks.forget_old_quotas"),
    ("7 7 * * *", "genlyd.networks.tasks.warn_of_endings"),
    ("52 4 * * *", "genlyd.networks.linkedin.tasks.check_versions"),
    ("47 3 * * *", "genlyd.networks.tasks.tidy_keys"),
    ("12 * * * *", "genlyd.plan.tasks.remind"),
    ("*/5 * * * *", "genlyd.notifications.tasks.send_waiting_mail"),
    ("17 3 * * *", "genlyd.notifications.tasks.forget_old_mail"),
    ("23 3 * * *", "genlyd.people.tasks.forget_old_imports"),
    ("27 3 * * *", "genlyd.sharing.tasks.forget_old_figure_imports"),
]


def register(app: App) -> None:
    for cron, name in EVERY:
        task = app.tasks[name]
        app.periodic(cron=cron, periodic_id=name)(task)
