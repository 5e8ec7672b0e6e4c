from genlyd.measurement.actions.choose import change_kpi, choose_kpi, choose_starters, drop_kpi, restore_kpi
from genlyd.measurement.actions.mail import ask_owners, mail_update
from genlyd.measurement.actions.read import fill_history, freshen, read_again, take_readings
from genlyd.measurement.actions.share import share_with_team

__all__ = [
    "ask_owners", "change_kpi", "choose_kpi", "choose_starters", "drop_kpi", "fill_history", "freshen", "mail_update",
    "read_again", "restore_kpi", "share_with_team", "take_readings",
]  # fmt: skip
