"""What X charges: prepaid credits in dollars. An administrator may enter other prices; these are those we came with."""

from datetime import date

from genlyd.networks.domain.price import Prices
from genlyd.networks.x.domain.counting import addresses

#: Posts that others have written cost five times as much to read as the app owner's own; colleagues are "others".
READ_POST, READ_PERSON, ALT_TEXT, DELETE = "read_post", "read_person", "alt_text", "delete"


def has_address(text: str) -> bool:
    """Also one that nobody meant as such: "yesterday.Men" costs as much as a link."""
    return bool(addresses(text))


PRICES = Prices(
    of={
        "text": 15_000,
        "link": 200_000,
        READ_POST: 5_000,
        READ_PERSON: 10_000,
        ALT_TEXT: 5_000,
        # X names no price for taking a post away; of what it names this is the likeliest ("Interaction: Delete").
        DELETE: 10_000,
    },
    checked_on=date(2026, 11, 23),
    source="https://docs.x.com/x-api/getting-started/pricing",
    currency="USD",
    has_link=has_address,
)
