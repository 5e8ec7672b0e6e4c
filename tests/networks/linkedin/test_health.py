from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from genlyd.base import clock
from genlyd.base.crypto import seal
from genlyd.networks.linkedin import health
from genlyd.networks.linkedin.domain import versions
from genlyd.networks.linkedin.notices import tell_administrators
from genlyd.networks.linkedin.publisher import LinkedInPublisher
from genlyd.networks.linkedin.tasks import check_versions
from genlyd.networks.models import Account, NetworkApp
from genlyd.notifications.models import Mail
from tests.networks.linkedin.test_publisher import a_parcel, prepared
from tests.servers.linkedin.server import LinkedIn, an_app
from tests.world import World


@pytest.fixture
def app(world: World, linkedin: LinkedIn) -> NetworkApp:
    return an_app(world.fjordkraft.pk)


@pytest.fixture
def account(world: World, linkedin: LinkedIn, app: NetworkApp) -> Account:
    return linkedin.account(world.pia, "Pia")


def on(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    monkeypatch.setattr(health, "today", lambda: day)


def test_the_live_test_tells_a_right_secret_from_a_wrong_one(app: NetworkApp) -> None:
    assert health.check(app).ok
    app.secret_sealed = seal({"client_secret": "wrong"})
    found = health.check(app)
    assert not found.ok
    assert "secret" in str(found.message)


def test_the_live_test_says_when_linkedin_cannot_be_reached(app: NetworkApp, settings) -> None:
    settings.NETWORK_ADDRESSES = {"linkedin.auth": "http://127.0.0.1:9"}
    settings.PRIVATE_HOSTS_ALLOWED = {"127.0.0.1:9"}
    found = health.check(app)
    assert not found.ok
    assert "reached" in str(found.message)


def test_the_live_test_asks_for_the_version_in_a_connected_member_s_name(
    linkedin: LinkedIn, app: NetworkApp, account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    on(monkeypatch, date(2026, 12, 1))
    assert "2027" in str(health.check(app).message)
    on(monkeypatch, versions.sunset("202609") - timedelta(days=3))
    assert health.check(app).ok
    assert "newer" in str(health.check(app).message)
    linkedin.set(oldest_version="202610")
    assert not health.check(app).ok
    # LinkedIn serves it again, or we were wrong: the mark goes as it came.
    linkedin.set(oldest_version="202512")
    assert health.check(app).ok
    app.refresh_from_db()
    assert (app.problem, app.options) == ("", {"version": "202609"})


def told() -> list[str]:
    return list(Mail.objects.order_by("pk").values_list("subject", flat=True))


def test_administrators_are_told_once_a_month_before_the_end(
    world: World, app: NetworkApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert tell_administrators(app_id=app.pk, version="202609") == 1
    assert tell_administrators(app_id=app.pk, version="202609") == 0
    [mail] = Mail.objects.all()
    assert mail.member_id == world.alma.pk
    assert "2027" in mail.subject


def test_the_daily_look_warns_only_in_the_last_month(
    app: NetworkApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    from procrastinate.contrib.django.models import ProcrastinateJob

    jobs = ProcrastinateJob.objects.filter(task_name="genlyd.networks.linkedin.tasks.tell_version")
    on(monkeypatch, versions.sunset("202609") - versions.WARN - timedelta(days=1))
    check_versions(0)
    assert not jobs.exists()
    on(monkeypatch, versions.sunset("202609") - versions.WARN)
    check_versions(0)
    assert jobs.get().args == {"app_id": app.pk, "version": "202609"}


def test_a_version_that_ends_under_way_is_told_at_once_and_again_only_when_chosen_anew(
    linkedin: LinkedIn, app: NetworkApp, account: Account
) -> None:
    body = prepared(account, a_parcel())
    linkedin.set(oldest_version="202610")
    LinkedInPublisher().send(account, body)
    assert tell_administrators(app_id=app.pk, version="202609") == 1
    assert "ended" in told()[0]
    # The administrator has chosen another: the old job has nothing to say.
    an_app(app.organisation_id, version="202611")
    assert tell_administrators(app_id=app.pk, version="202609") == 0


def test_an_answer_to_an_older_version_does_not_hold_the_new_one(linkedin: LinkedIn, app: NetworkApp) -> None:
    from genlyd.networks.linkedin import app as apps

    an_app(app.organisation_id, version="202611")
    apps.mark_ended(app, "202609")
    assert not apps.is_held(NetworkApp.objects.get())


def test_nonsense_in_the_version_is_the_version_we_know(app: NetworkApp) -> None:
    from genlyd.networks.linkedin import app as apps

    app.options = {"version": "latest"}
    assert apps.version_of(app) == versions.DEFAULT
    assert clock.now() <= timezone.now()
