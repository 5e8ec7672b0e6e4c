from genlyd.sharing.models.imports import FigureImport
from genlyd.sharing.models.readings import PostReading, PostWatch, ReadingLane
from genlyd.sharing.models.shares import Attempt, Delivery, Draft, Share

__all__ = ["Attempt", "Delivery", "Draft", "FigureImport", "PostReading", "PostWatch", "ReadingLane", "Share"]
