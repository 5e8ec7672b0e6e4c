from genlyd.programmes.actions.next_period import draft_next_period
from genlyd.programmes.actions.owners import name_owner, release_owner
from genlyd.programmes.actions.period import (
    change_period,
    close_period,
    delete_draft,
    draft_period,
    open_period,
)
from genlyd.programmes.actions.programme import change_programme, create_programme
from genlyd.programmes.actions.team import add_members, add_team, leave_seat, restore_seat

__all__ = [
    "add_members", "add_team", "change_period", "change_programme", "close_period", "create_programme", "delete_draft",
    "draft_next_period", "draft_period", "leave_seat", "name_owner", "open_period", "release_owner", "restore_seat",
]  # fmt: skip
