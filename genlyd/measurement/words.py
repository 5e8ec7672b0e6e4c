"""The dictionary in people's words: what each KPI is called, what it means, how it is counted."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from genlyd.measurement.domain.pace import Standing

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Words:
    name: Text
    #: What it tells one, in a sentence.
    meaning: Text
    formula: Text
    numerator: Text
    denominator: Text = ""


_REGISTERED = _("People in the team who have said yes, on an average day of the period")
_REGISTERED_NOW = _("People in the team who have said yes")
_SHARES = _("Confirmed shares")
_VISITS = _("Visits by people")

WORDS: dict[str, Words] = {
    "active_rate": Words(
        _("Active rate"), _("How much of the team has shared something."),
        _("people with at least one confirmed share ÷ average number of people who have said yes"),
        _("People who have shared"), _REGISTERED,
    ),
    "adoption_rate": Words(
        _("Adoption rate"), _("How many of those asked have said yes to taking part."),
        _("people who have said yes ÷ people in the team"), _REGISTERED_NOW, _("People in the team"),
    ),
    "activation_rate": Words(
        _("Activation rate"), _("How many of those who said yes are ready to share."),
        _("people who have signed in and read the guidelines ÷ people who have said yes"),
        _("People ready to share"), _REGISTERED_NOW,
    ),
    "invitation_acceptance": Words(
        _("Invitations accepted"), _("How many of those invited have come."),
        _("accepted invitations ÷ people invited"), _("People who accepted"), _("People invited"),
    ),
    "rules_current": Words(
        _("Guidelines read"), _("How many have read the guidelines as they are now."),
        _("people who have read the newest version ÷ people who have said yes"),
        _("People who have read the newest version"), _REGISTERED_NOW,
    ),
    "time_to_first_share": Words(
        _("Time to first share"), _("How long it takes from being asked to sharing for the first time."),
        _("the middle value (median) of days from invitation to first confirmed share"), _("Days, median"),
    ),
    "shares": Words(
        _("Shares"), _("How often the team has told a story."),
        _("confirmed shares; a click on “share” is not one"), _SHARES,
    ),
    "shares_per_active": Words(
        _("Shares per active person"), _("How often those who share do so."),
        _("confirmed shares ÷ people who have shared"), _SHARES, _("People who have shared"),
    ),
    "visits": Words(
        _("Visits"), _("How often people followed a shared link."),
        _("first clicks by people within 30 minutes; programs are set apart, not deleted"), _VISITS,
    ),
    "clicks_per_share": Words(
        _("Visits per share"), _("How many visits one share brings."),
        _("visits by people ÷ confirmed shares with a link of their own"), _VISITS, _("Shares with a link"),
    ),
    "own_words_rate": Words(
        _("Own-words rate"), _("How many of the posts are told in people’s own words."),
        _("shares in own words ÷ confirmed shares"), _("Shares in own words"), _SHARES,
    ),
    "disclosure_rate": Words(
        _("Disclosure rate"), _("How many posts say clearly where their author works."),
        _("posts with a clear disclosure ÷ posts that need one"),
        _("Posts with a clear disclosure"), _("Posts that need one"),
    ),
    "content_utilisation": Words(
        _("Stories used"), _("How many of the stories on offer somebody has told."),
        _("stories with at least one confirmed share ÷ stories published"),
        _("Stories somebody shared"), _("Stories published"),
    ),
    "item_uptake": Words(
        _("Uptake per story"), _("How many of those a story is for have told it."),
        _("people who shared a story ÷ people it was meant for, over all stories; who has seen it is not stored"),
        _("People per story who shared"), _("People per story it was meant for"),
    ),
    "potential_reach": Words(
        _("Potential reach"), _("How many could have seen the posts at most. Far fewer have."),
        _("followers of each account when it shared, added up; accounts we do not know are left out"),
        _("Followers, added up"),
    ),
    "unique_potential_reach": Words(
        _("Unique potential reach"), _("How many could have seen the posts, counting each account once."),
        _("newest follower count of each account that shared, added up; accounts we do not know are left out"),
        _("Followers of each account"),
    ),
    "reactions_per_share": Words(
        _("Reactions per share"), _("How much a share moves people to answer."),
        _("reactions, comments and reshares ÷ shares for which they are known; clicks are no part of it"),
        _("Reactions, comments and reshares"), _("Shares with figures"),
    ),
    "impressions": Words(
        _("Impressions"), _("How often the posts were shown."),
        _("impressions that networks or people have told, added up; views where a network calls them so"),
        _("Impressions"),
    ),
    "members_reached": Words(
        _("People reached"), _("How many people a post was shown to, added up over the posts."),
        _("people reached that networks or people have told, added up; whoever saw two posts counts twice"),
        _("People reached"),
    ),
    "engagement_rate": Words(
        _("Engagement rate by impressions"), _("How many of those who see a post answer it."),
        _("reactions, comments and reshares ÷ impressions, of shares for which both are known"),
        _("Reactions, comments and reshares"), _("Impressions"),
    ),
    "engagement_rate_by_reach": Words(
        _("Engagement rate by potential reach"), _("How many of those who could have seen a post answer it."),
        _("reactions, comments and reshares ÷ followers at the time, of shares for which both are known"),
        _("Reactions, comments and reshares"), _("Followers, added up"),
    ),
    "click_through_rate": Words(
        _("Click-through rate"), _("How many of those who see a post follow its link."),
        _("visits by people ÷ impressions, of shares with a link of their own for which impressions are known"),
        _VISITS, _("Impressions"),
    ),
    "virality": Words(
        _("Virality"), _("How often a share is passed on by others."),
        _("reshares, with words of one’s own or without ÷ shares for which they are known"),
        _("Reshares"), _("Shares with figures"),
    ),
}  # fmt: skip

STANDINGS: dict[Standing, Text] = {
    Standing.AHEAD: _("Ahead of the pace"),
    Standing.ON_PACE: _("Keeping the pace"),
    Standing.BEHIND: _("Behind the pace"),
    Standing.UNKNOWN: "",
}
TONES = {
    Standing.AHEAD: "good",
    Standing.ON_PACE: "good",
    Standing.BEHIND: "warn",
    Standing.UNKNOWN: "quiet",
}
WEEKDAYS: tuple[Text, ...] = (
    _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"),
)  # fmt: skip
