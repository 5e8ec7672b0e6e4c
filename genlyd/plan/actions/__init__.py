from genlyd.plan.actions.done import finish_line, reopen_line
from genlyd.plan.actions.line import add_line, bring_back, change_line, delete_line
from genlyd.plan.actions.remind import remind

__all__ = ["add_line", "bring_back", "change_line", "delete_line", "finish_line", "remind", "reopen_line"]
