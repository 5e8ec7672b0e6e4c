"""Facebook profiles have no API; the share dialog takes a link only, and prefilling text is not allowed."""

from django.utils.translation import gettext_lazy as _

from genlyd.networks.contract import Limit, Network, Preview, link_dialog, under_card
from genlyd.networks.domain.counting import utf16_units

FACEBOOK = Network(
    key="facebook",
    name="Facebook",
    icon="users",
    limits=(Limit(_("characters"), 63_206, utf16_units),),
    hand_over=link_dialog("https://www.facebook.com/sharer/sharer.php?u=", "https://www.facebook.com/"),
    written=under_card,
    preview=Preview(fold_after=477, card_description=True),
    hosts=("facebook.com", "fb.com"),
    policy=(
        _("Facebook has no way for programs to post to people's profiles; so nobody but the person does."),
        _("Facebook does not allow filling in a person's words: they paste their own."),
    ),
)
