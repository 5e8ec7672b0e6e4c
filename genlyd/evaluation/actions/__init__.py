from genlyd.evaluation.actions.decide import change_decision, decide, remove_decision, restore_decision
from genlyd.evaluation.actions.finish import finish_review, make_next_period
from genlyd.evaluation.actions.review import answer_questions, begin_review

__all__ = [
    "answer_questions", "begin_review", "change_decision", "decide", "finish_review", "make_next_period",
    "remove_decision", "restore_decision",
]  # fmt: skip
