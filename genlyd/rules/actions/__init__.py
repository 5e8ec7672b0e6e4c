from genlyd.rules.actions.guideline import acknowledge, draft_guideline, publish_guideline
from genlyd.rules.actions.rule import change_rule
from genlyd.rules.actions.seed import seed_rules

__all__ = ["acknowledge", "change_rule", "draft_guideline", "publish_guideline", "seed_rules"]
