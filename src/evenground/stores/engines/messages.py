"""What can be wrong with an engine that is to be asked, why it matters and the way out."""

from __future__ import annotations

from evenground.errors import ProblemKind
from evenground.language import N_

PACKAGE_MISSING = ProblemKind(
    code="engine_package_missing",
    what=N_("Data in {engine} cannot be read: the package {value} is not installed."),
    rule=N_("Evenground brings along only what most cities need."),
    way_out=N_('Install it: pip install "evenground[{extra}]"'),
)
ADDRESS_UNKNOWN = ProblemKind(
    code="engine_address",
    what=N_("{value} is not the address of a database that can be read."),
    rule=N_("An address says the server, the database and who asks."),
    way_out=N_("Write postgresql://user@host/database, and the table beside it."),
)
NO_CONNECTION = ProblemKind(
    code="engine_no_connection",
    what=N_("{engine} did not let us in at {value}: {reason}"),
    rule=N_("Nothing was read, and nothing was changed."),
    way_out=N_("Check the address, the password (PGPASSWORD or .pgpass) and the network."),
)
NO_JAVA = ProblemKind(
    code="engine_no_java",
    what=N_("Spark did not start: {reason}"),
    rule=N_("Spark runs on Java 17 or newer."),
    way_out=N_("Install Java, or hand over a session that runs."),
)
TABLE_UNKNOWN = ProblemKind(
    code="engine_table_unknown",
    what=N_("{engine} has no table called {value}, or does not show it to you."),
    rule=N_("The table is named as table or schema.table."),
    way_out=N_("Check its name and who may read it."),
    suggestion=N_("Did you mean {nearest}?"),
)
