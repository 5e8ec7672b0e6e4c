from genlyd.notifications.models import Mail
from tests.world import World


def a_mail(world: World) -> Mail:
    return Mail.objects.create(
        organisation=world.fjordkraft, member=world.pia, to=world.pia.email, subject="Hej", text="Hej Pia",
        html="<html><head></head><body>Hej</body></html>", message_id="<1@x>",
    )  # fmt: skip


EXAMPLES = {
    f"notifications:{name}": lambda world: {"pk": a_mail(world).pk}
    for name in ("mail_one", "mail_html", "mail_send")
}
NOT_OWNED = {"notifications:unsubscribe": "the signed token is the permission; test_notify asks"}
