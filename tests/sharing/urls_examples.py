from django.utils import timezone

from genlyd.sharing.models import FigureImport
from tests.sharing.makers import a_share, a_story

EXAMPLES = {
    "sharing:compose": lambda world: {"story": a_story(world).pk},
    "sharing:check": lambda world: {"story": a_story(world).pk},
    "sharing:discard": lambda world: {"story": a_story(world).pk},
    **{
        f"sharing:{name}": lambda world: {"pk": a_share(world.pia, a_story(world)).pk}
        for name in (
            "hand_over",
            "confirm",
            "answer",
            "post_late",
            "edit",
            "cancel",
            "delete",
            "figures",
            "figures_undo",
        )
    },
    **{
        f"sharing:import_{name}": lambda world: {
            "pk": FigureImport.objects.create(
                organisation=world.fjordkraft, member=world.pia, kind="post", as_of=timezone.now()
            ).pk
        }
        for name in ("preview", "confirm", "undo", "discard")
    },
}
_TOKEN = "the signed token is the permission; its own test asks"
NOT_OWNED = {"sharing:public_picture": _TOKEN, "sharing:preview_picture": _TOKEN}
