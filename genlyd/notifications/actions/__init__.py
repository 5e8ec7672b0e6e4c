from genlyd.notifications.actions.delivery import deliver, send_again, send_what_waits
from genlyd.notifications.actions.notify import notify
from genlyd.notifications.actions.preferences import mute, unmute
from genlyd.notifications.actions.queue import queue_mail

__all__ = ["deliver", "mute", "notify", "queue_mail", "send_again", "send_what_waits", "unmute"]
