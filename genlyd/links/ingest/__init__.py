"""From arrivals to clicks and sums: each click exactly once, whatever dies in between.

One worker per organisation at a time; organisations with few clicks share a transaction. Every statement on a
distributed table names its organisation, so that it reaches one shard; nothing joins a distributed table with one that
is not.

    run      which organisations go together, and in how many threads
    turn     one organisation's way through all that follows, step by step
    claim    whose arrivals wait, and the lock that lets one worker at a time judge them
    facts    what is known of links and visitors
    known    the visitors' earlier clicks of the day
    judge    pure: what the rules say now against what was said before
    store    arrivals become clicks; earlier clicks that are seen differently now change
    add      differences into the sums
    rejudge  all this again for days that were counted, when the rules have improved
"""

from genlyd.links.ingest.forget import forget_batches, forget_salts
from genlyd.links.ingest.run import MOST, SETTLE, NotCounted, judge

__all__ = ["MOST", "SETTLE", "NotCounted", "forget_batches", "forget_salts", "judge"]
