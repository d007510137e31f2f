"""What ``evenground audit`` and ``evenground datasheet`` say around what was found."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.language import N_, NN_

# A sentence is a line.
# fmt: off
HEAD = N_("{title}: {size}.")
NO_DATASHEET = N_("There is no datasheet, so what only a person can vouch for stays open. Draft one: {command} datasheet {path}")
ROLES = N_("What the columns stand for")
ROLE = N_("{label}: {column}. {why}")
ROLE_BY_OPTION = N_("{label} ({option}): {column}. {why}")
OTHERWISE = N_("Say otherwise with the option named, or in a datasheet.")
NO_ROLES = N_("Nothing was recognised; say what the columns are in a datasheet.")
OPENING = N_("On opening")
FOUND = N_("What was found")
NOTHING = N_("Nothing that was looked for was found.")
LOOKED_FOR = N_("Looked for and not found: {names}.")
OPEN = N_("What was not established")
OPEN_FOR = N_("{names}: {reason}")
CARRY = N_("What the data can carry")
VERDICT = N_("{label}: {verdict}. {alone}")
BECAUSE = N_("Because:")
WOULD_CHANGE = N_("What would change this:")
KEEP_IN_MIND = N_("Keep in mind:")
ALL_KEEP_IN_MIND = N_("Keep in mind for each of them:")
ASKED = N_("Each requirement:")
MORE = NN_("… and {n} more; see them with --explain.", "… and {n} more; see them with --explain.")
REQUIREMENT = N_("{measure}: {known}. {words}: {rule} ({origin})")
EXPLAIN = N_("What exactly was counted, and each requirement: --explain. All of it as data: --json; as a page: --html report.html.")
READ = N_("Read {file}: {used:count} of {read:count} rows. SHA-256 {hash}")
READ_MORE = NN_("… and {n} file more.", "… and {n} files more.")
WRITTEN: Mapping[str, str] = {
    "html": N_("The same as a page: {path}"),
    "flags": N_("A row for each flagged value: {path} ({n:count} rows)"),
    "dqv": N_("For data catalogues (W3C DQV): {path}"),
}
# datasheet
DRAFTED = N_("Drafted from the data: {path}")
FILL_IN = N_("Correct what was guessed and fill in what you can vouch for; what stays empty stays open.")
THEN = N_("Then: {command} audit {data} --datasheet {path}")
# what is refused
SAME_FILE = N_("{value} is named twice, or is what is to be read.")
SAME_FILE_RULE = N_("Nothing that is read is ever written over, and two results need two files.")
SAME_FILE_WAY_OUT = N_("Name another file to write to.")
ALONE = N_("{value} is said without {option}.")
ALONE_RULE = N_("It says what becomes of a purpose that {option} names.")
ALONE_WAY_OUT = N_("Add {option} and a purpose, or leave it out.")
NOT_ASKED = N_("{option} names {value}, which is not among the purposes asked for.")
NOT_ASKED_RULE = N_("A purpose has a verdict once it is asked for.")
NOT_ASKED_WAY_OUT = N_("Add --purpose {value}, or leave --purpose out to ask for all.")
# fmt: on
