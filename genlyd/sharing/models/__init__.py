from genlyd.sharing.models.readings import PostReading, PostWatch, ReadingLane
from genlyd.sharing.models.shares import Attempt, Delivery, Draft, Share

__all__ = ["Attempt", "Delivery", "Draft", "PostReading", "PostWatch", "ReadingLane", "Share"]
