"""What can be wrong with an export of a conversation, why it matters and the way out."""

from __future__ import annotations

from evenground.errors import ProblemKind, Severity
from evenground.language import N_

# fmt: off
NO_FOLDER = ProblemKind(
    code="polis_folder_missing",
    what=N_("There is no folder {value}."),
    rule=N_("An export is a folder of files: statements, votes, participants."),
    way_out=N_("Unpack the export and name its folder."),
)
NO_VOTES = ProblemKind(
    code="polis_votes_missing",
    what=N_("{value} holds neither votes.csv nor participants-votes.csv."),
    rule=N_("A map is made of votes."),
    way_out=N_("Export the conversation's raw data again, and put its files into the folder."),
)
SEVERAL = ProblemKind(
    code="polis_several_files",
    what=N_("The folder holds several files for the same thing: {known}."),
    rule=N_("Votes of two exports must not be mixed."),
    way_out=N_("Keep the files of one export in the folder."),
)
NO_COLUMN = ProblemKind(
    code="polis_column_missing",
    what=N_("{file} has no column {value}."),
    rule=N_("A vote needs who, on which statement, and which vote."),
    way_out=N_("Its columns are: {known}. Export it again, or rename the column."),
)
VOTE_UNKNOWN = ProblemKind(
    code="polis_vote_unknown",
    what=N_("{value} is no vote."),
    rule=N_("A vote is 1 (agree), 0 (pass) or -1 (disagree)."),
    way_out=N_("Correct row {row} of {file}, or delete it."),
)
ID_MISSING = ProblemKind(
    code="polis_id_missing",
    what=N_("There is no {value} in row {row}."),
    rule=N_("A vote needs who cast it, and on which statement."),
    way_out=N_("Correct row {row} of {file}, or delete it."),
)
ID_TWICE = ProblemKind(
    code="polis_id_twice",
    what=N_("{value} stands in row {first} and again in row {row}."),
    rule=N_("Each statement and each participant has one row; two could contradict each other."),
    way_out=N_("Delete one of the two rows of {file}."),
)
MODERATED_UNKNOWN = ProblemKind(
    code="polis_moderated_unknown",
    what=N_("{value} in {column} is no state of moderation."),
    rule=N_("A statement is accepted (1), not yet looked at (0) or rejected (-1)."),
    way_out=N_("Correct row {row} of {file}."),
)
TIME_UNKNOWN = ProblemKind(
    code="polis_time_unknown",
    what=N_("{value} is no time stamp."),
    rule=N_("Where somebody voted twice on a statement, the later vote counts."),
    way_out=N_("Write the number that the export gives in row {row}, or delete the column."),
)
TEXT_BROKEN = ProblemKind(
    code="polis_text_broken",
    what=N_("{file} is not text in UTF-8."),
    rule=N_("Exports are written in UTF-8; guessing would spoil what people wrote."),
    way_out=N_("Export it again, or save it as CSV UTF-8."),
)
CSV_BROKEN = ProblemKind(
    code="polis_csv_broken",
    what=N_("{file} cannot be read as CSV: {value}."),
    rule=N_("Rows must be told apart with certainty."),
    way_out=N_("Export it again."),
)
TOO_LARGE = ProblemKind(
    code="polis_too_large",
    what=N_("{file} is too large: {value} {unit}, at most {limit} are read."),
    rule=N_("A file could otherwise fill the memory."),
    way_out=N_("Split the conversation by time, or use a machine set up for it."),
)
NO_VOTE = ProblemKind(
    code="polis_no_vote",
    what=N_("{file} holds no vote yet."),
    rule=N_("A map is made of votes; an empty cell is none."),
    way_out=N_("Export the conversation again once people have voted."),
)
NOBODY = ProblemKind(
    code="polis_nothing_left",
    what=N_("No vote is left of {value} rows."),
    rule=N_("Votes on rejected statements are not counted."),
    way_out=N_("Check column moderated of comments.csv."),
)
VOTED_AGAIN = ProblemKind(
    code="polis_voted_again", severity=Severity.NOTE,
    what=N_("replaced by a later vote of the same person on the same statement"),
    rule=N_("Where somebody votes again, the last vote counts."),
    way_out=N_("Nothing needs to be done."),
)
REJECTED = ProblemKind(
    code="polis_rejected", severity=Severity.NOTE,
    what=N_("on a statement that moderation rejected"),
    rule=N_("A rejected statement takes no part."),
    way_out=N_("Change column moderated of comments.csv if it was not rejected."),
)
PENDING = ProblemKind(
    code="polis_pending", severity=Severity.NOTE,
    what=N_("on a statement that moderation had not accepted (--strict)"),
    rule=N_("In a strictly moderated conversation only accepted statements are shown."),
    way_out=N_("Leave out --strict if statements were shown at once."),
)
META = ProblemKind(
    code="polis_meta", severity=Severity.NOTE,
    what=N_("on a statement about the participants themselves (is-meta)"),
    rule=N_("Polis leaves such statements out of the map."),
    way_out=N_("Change column is-meta of comments.csv if it is an opinion."),
)
UNLISTED_STATEMENT = ProblemKind(
    code="polis_statement_unlisted", severity=Severity.WARNING,
    what=N_("on a statement that comments.csv does not list ({value})"),
    rule=N_("It is not known what it says, nor whether it was rejected."),
    way_out=N_("Export all files at the same time."),
)
BANNED = ProblemKind(
    code="polis_participant_banned", severity=Severity.NOTE,
    what=N_("of a participant who was banned"),
    rule=N_("A participant whom moderation banned takes no part."),
    way_out=N_("Change the column in the list of participants if that is wrong."),
)
UNLISTED_PARTICIPANT = ProblemKind(
    code="polis_participant_unlisted", severity=Severity.WARNING,
    what=N_("of a participant whom {other} does not list"),
    rule=N_("Participants who were removed are in the votes but no longer in the list."),
    way_out=N_("Export all files at the same time; leave out {other} to count everybody."),
)
NO_COMMENTS = ProblemKind(
    code="polis_comments_missing", severity=Severity.WARNING,
    what=N_("There is no comments.csv: nobody knows what was asked, and what was rejected."),
    rule=N_("Rejected statements must not count."),
    way_out=N_("Put comments.csv of the same export into the folder."),
)
NO_TIME = ProblemKind(
    code="polis_no_time", severity=Severity.WARNING,
    what=N_("{file} has no timestamp; of several votes on one statement the last row counts."),
    rule=N_("Where somebody votes again, the last vote counts."),
    way_out=N_("Export it again with time stamps."),
)
TURNED = ProblemKind(
    code="polis_votes_turned", severity=Severity.WARNING,
    what=N_("In {file}, -1 stands for agreeing, as comments.csv shows: votes were turned."),
    rule=N_("Some exports write votes as Polis stores them, with -1 for agreeing."),
    way_out=N_("Compare one statement with its report."),
)
DIFFERS = ProblemKind(
    code="polis_tables_differ", severity=Severity.WARNING,
    what=N_("{value} votes in {file} differ from those in {other}, which were used."),
    rule=N_("Both are exports of the same votes."),
    way_out=N_("Export all files at the same time."),
)
EMPTY_VOTE = ProblemKind(
    code="polis_vote_empty", severity=Severity.NOTE,
    what=N_("without a vote"),
    rule=N_("An empty cell is no vote, not a pass."),
    way_out=N_("Nothing needs to be done."),
)
# fmt: on
