"""Quotas against the database: whatever the order and the number of those who take, no window holds too much."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from genlyd.networks import quotas
from genlyd.networks.contract import MADE
from genlyd.networks.domain.outcome import Kind
from genlyd.networks.domain.quota import LATE, Call, Quota, Resets, Scope
from genlyd.networks.models import Account, QuotaUse
from genlyd.networks.quotas import Exhausted
from tests.networks.quota_makers import NOON, a_network
from tests.sharing.makers import an_account
from tests.world import World, build_world

HOUR = Quota(key="hour", most=3, window=timedelta(hours=1))
DAY = Quota(key="day", most=2, resets=Resets.UTC_DAY)


@pytest.fixture
def account(world: World) -> Account:
    return an_account(world.pia)


def test_what_is_left_is_taken_and_no_more(account: Account) -> None:
    network = a_network(HOUR)
    for _ in range(3):
        quotas.take(network, account, Call.POST, now=NOON)
    with pytest.raises(Exhausted) as refused:
        quotas.take(network, account, Call.POST, now=NOON)
    outcome = refused.value.outcome
    assert (outcome.kind, outcome.problem) == (Kind.WAIT, "quota")
    assert quotas.left(network, account, HOUR, now=NOON) == 0
    assert QuotaUse.objects.get().counted == 3


def test_whoever_waits_as_long_as_told_may_go_on(account: Account) -> None:
    network = a_network(HOUR)
    for minute in (0, 10, 20):
        quotas.take(network, account, Call.POST, now=NOON + timedelta(minutes=minute))
    at = NOON + timedelta(minutes=25)
    with pytest.raises(Exhausted) as refused:
        quotas.take(network, account, Call.POST, now=at)
    until = refused.value.until
    # The first of the three leaves the window; the two others still count.
    assert NOON + timedelta(minutes=61) <= until <= NOON + timedelta(minutes=64)
    quotas.take(network, account, Call.POST, now=until)
    with pytest.raises(Exhausted):
        quotas.take(network, account, Call.POST, now=until)


def test_utc_day_is_free_again_after_midnight(account: Account) -> None:
    network = a_network(DAY)
    for _ in range(2):
        quotas.take(network, account, Call.POST, now=NOON)
    with pytest.raises(Exhausted) as refused:
        quotas.take(network, account, Call.POST, now=NOON)
    assert refused.value.until == datetime(2026, 11, 24, 0, 0, 5, tzinfo=UTC)
    quotas.take(network, account, Call.POST, now=refused.value.until)


def test_refused_call_takes_from_none_of_the_quotas(account: Account) -> None:
    network = a_network(HOUR, Quota(key="app", most=1, scope=Scope.APP))
    quotas.take(network, account, Call.POST, now=NOON)
    with pytest.raises(Exhausted) as refused:
        quotas.take(network, account, Call.POST, now=NOON)
    assert refused.value.quota.key == "app"
    assert dict(QuotaUse.objects.values_list("quota", "counted")) == {"hour": 1, "app": 1}


def test_free_call_is_not_counted(account: Account) -> None:
    quotas.take(a_network(Quota(key="posts", most=1, costs={Call.POST: 1})), account, Call.READ, now=NOON)
    assert not QuotaUse.objects.exists()


def test_adapter_counts_without_naming_its_network(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(MADE, account.network, a_network(HOUR))
    quotas.count(account, Call.UPLOAD, times=3)
    with pytest.raises(Exhausted):
        quotas.count(account, Call.READ)


def test_accounts_have_their_own_and_apps_share(world: World, account: Account) -> None:
    other = an_account(world.poul)
    network = a_network(HOUR, Quota(key="app", most=4, scope=Scope.APP))
    for _ in range(3):
        quotas.take(network, account, Call.POST, now=NOON)
    quotas.take(network, other, Call.POST, now=NOON)
    with pytest.raises(Exhausted) as refused:
        quotas.take(network, other, Call.POST, now=NOON)
    assert refused.value.quota.key == "app"


def test_connecting_again_does_not_begin_a_new_quota(world: World, account: Account) -> None:
    network = a_network(HOUR)
    quotas.take(network, account, Call.POST, times=3, now=NOON)
    Account.objects.filter(pk=account.pk).update(disconnected_at=NOON, secret_sealed=None)
    again = an_account(world.pia)
    with pytest.raises(Exhausted):
        quotas.take(network, again, Call.POST, now=NOON)


def test_what_the_network_says_goes_before_what_it_documents(account: Account) -> None:
    network = a_network(HOUR)
    quotas.learn(account, "hour", 1)
    quotas.take(network, account, Call.POST, now=NOON)
    with pytest.raises(Exhausted):
        quotas.take(network, account, Call.POST, now=NOON)
    quotas.learn(Account.objects.get(), "hour", 5)
    quotas.take(network, Account.objects.get(), Call.POST, times=4, now=NOON)


def test_clock_that_is_behind_still_counts(account: Account) -> None:
    network = a_network(HOUR)
    quotas.take(network, account, Call.POST, times=3, now=NOON)
    with pytest.raises(Exhausted):
        quotas.take(network, account, Call.POST, now=NOON - timedelta(minutes=5))


def test_database_refuses_a_count_above_the_limit(account: Account) -> None:
    quotas.take(a_network(HOUR), account, Call.POST, now=NOON)
    with pytest.raises(IntegrityError, match="quota_is_kept"), transaction.atomic():
        QuotaUse.objects.update(counted=4)


def test_windows_that_are_over_are_forgotten(account: Account) -> None:
    network = a_network(HOUR, DAY)
    quotas.take(network, account, Call.POST, now=NOON)
    assert quotas.forget_old(now=NOON + timedelta(minutes=61)) == 0
    assert quotas.forget_old(now=NOON + timedelta(hours=3)) == 1
    assert quotas.forget_old(now=NOON + timedelta(days=1)) == 1


def test_taking_is_one_statement_for_each_quota(account: Account, django_assert_num_queries) -> None:
    network = a_network(HOUR, DAY)
    with django_assert_num_queries(2 + 2):  # two savepoints' worth: SAVEPOINT and RELEASE
        quotas.take(network, account, Call.POST, now=NOON)


steps = st.lists(
    st.tuples(st.integers(0, 1500), st.sampled_from([Call.POST, Call.DELETE])), min_size=1, max_size=25
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps, st.sampled_from([Resets.ROLLING, Resets.FIXED]), st.integers(0, 59))
def test_no_window_of_the_network_ever_holds_too_much(
    account: Account, taken: list[tuple[int, Call]], resets: Resets, late: int
) -> None:
    """However the calls fall in time, and however late each arrives: rolling holds for every stretch."""
    QuotaUse.objects.all().delete()
    window = timedelta(minutes=30)
    quota = Quota(key="half", most=7, window=window, resets=resets, costs={Call.POST: 3, Call.DELETE: 1})
    network, now, arrived, told = a_network(quota), NOON, [], []
    for number, (seconds, call) in enumerate(taken):
        now += timedelta(seconds=seconds)
        try:
            quotas.take(network, account, call, now=now)
        except Exhausted as refused:
            told.append(refused.until > now)
            continue
        arrived.append((now + (timedelta(seconds=late) if number % 2 else timedelta(0)), quota.cost(call)))
    assert all(told)
    assert timedelta(seconds=late) < LATE
    if resets is Resets.FIXED:
        held = Counter[int]()
        for at, cost in arrived:
            held[quota.slot_at(at)] += cost
        assert max(held.values(), default=0) <= 7
    else:
        for begin, _cost in arrived:
            assert sum(cost for at, cost in arrived if begin <= at < begin + window) <= 7


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("resets", [Resets.ROLLING, Resets.UTC_DAY])
def test_any_number_of_workers_together_take_exactly_the_limit(resets: Resets) -> None:
    """Real connections against PostgreSQL, all at once, on an app's quota and on an account's."""
    world = build_world()
    accounts = [an_account(world.pia), an_account(world.poul)]
    network = a_network(
        Quota(key="each", most=20, window=timedelta(hours=1), resets=resets),
        Quota(key="app", most=30, window=timedelta(hours=1), scope=Scope.APP, resets=resets),
    )
    taken: list[str] = []
    start = threading.Barrier(8)

    def work(number: int) -> None:
        account = accounts[number % 2]
        start.wait()
        try:
            for turn in range(12):
                # Their clocks differ by some seconds, as machines' do.
                now = NOON + timedelta(seconds=number * 2 + turn)
                try:
                    quotas.take(network, account, Call.POST, now=now)
                except Exhausted:
                    continue
                taken.append(account.remote_id)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == 30
    assert max(Counter(taken).values()) <= 20
    assert QuotaUse.objects.get(quota="app").counted == 30
