"""The fixed words of a page: everything else that it says comes from the dossier."""

from __future__ import annotations

from collections.abc import Mapping

from evenground.language import N_, NN_

LABELS: Mapping[str, str | tuple[str, str]] = {
    # around the page
    "skip": N_("Skip to the dossier"),
    "dossier": N_("Dossier"),
    "as_of": N_("As of {day:date}"),
    "edition_public": N_("Public edition"),
    "edition_internal": N_("Internal edition"),
    "back": N_("Back to the answers"),
    "not_given": N_("not given"),
    "no_value": N_("no value"),
    "yes": N_("yes"),
    "no": N_("no"),
    # first screen: who offers, who made it
    "by_seller": N_("This dossier was prepared by the seller of what it describes."),
    "offered": N_("Offered by {by}, {day:date}."),
    "offered_undated": N_("Offered by {by}."),
    "made_by": N_("Made by"),
    "role": N_("Role"),
    "interest": N_("Interest"),
    "payer": N_("Paid by"),
    "checked_by": N_("Checked by"),
    "nobody": N_("nobody so far"),
    "not_approval": N_("This is not an approval."),
    "stage": N_("Stage"),
    "stage.idea": N_("idea"),
    "stage.proposed": N_("proposed"),
    "stage.decided": N_("decided"),
    "stage.running": N_("running"),
    "stage.ended": N_("ended"),
    "stage.stopped": N_("stopped"),
    "stage.declined": N_("declined"),
    # first screen: the decision, the problem
    "decision": N_("The decision"),
    "decides": N_("Who decides"),
    "decided_on": N_("When"),
    "open": N_("Still open"),
    "bound": N_("Already bound"),
    "heard": N_("To be heard"),
    "heard_until": N_("until {day:date}"),
    "nothing_open": N_("nothing was named as open"),
    "nothing_bound": N_("nothing was named as bound"),
    "problem": N_("The problem"),
    "problem_city": N_("As the city states it"),
    "problem_residents": N_("As residents state it"),
    "problem_other": N_("As {by} state it"),
    "no_problem": N_("Nobody has stated a problem that this is for."),
    "no_problem_city": N_("The city has not stated one."),
    "no_problem_residents": N_("Residents have not stated one, or were not asked."),
    # first screen: ways compared
    "ways": N_("Ways compared"),
    "no_ways": N_("No ways were set out to compare."),
    "cost": N_("Whole-life cost"),
    "cost_years": N_("{first} to {last}"),
    "cost_prices": N_("at {year} prices"),
    "n_sites": N_("Sites"),
    "terms": N_("Terms"),
    "gains": N_("Who gains"),
    "loses": N_("Who loses"),
    "irreversible": N_("What can’t be undone"),
    "leaving": N_("Cost of leaving"),
    "proposed_by": N_("Proposed by"),
    # first screen: the answers
    "answers_1": N_("One answer"),
    "answers_2": N_("Two answers"),
    "answers_3": N_("Three answers"),
    "answers_4": N_("Four answers"),
    "answers_5": N_("Five answers"),
    "answers_6": N_("Six answers"),
    "answers_7": N_("Seven answers"),
    "answers_8": N_("Eight answers"),
    "answers": N_("Answers"),
    "answers_note": N_(
        "Each question has words of its own. The answers are not added up, and none outweighs "
        "another."
    ),
    # first screen: what to ask, what is missing, seal
    "sealed": N_("What was sealed"),
    "before": N_("Before you decide"),
    "ask": N_("Ask {to}"),
    "ask_by": N_("Ask {to}, by {day:date}"),
    "unlocks": N_("The reply would show {unlocks}."),
    "no_asks": N_("No open question came up in what was worked out."),
    "not_measured": N_("Not measured"),
    "not_in_figures": N_("Who is not in the figures"),
    "disputed": N_("Disputed by"),
    "none_named": N_("Nothing was named."),
    "nobody_disputes": N_("Nobody has put an objection on record."),
    "turning": N_("Choices that would turn an answer"),
    "no_turning": N_("None of the choices that were tried turned an answer."),
    "seal": N_("Seal"),
    "seal_full": N_("Full seal (SHA-256 of dossier.json)"),
    "version": N_("Made with"),
    "version_is": N_("Evenground {version}"),
    "seed": N_("Seed of random draws"),
    "day": N_("State of"),
    "edition": N_("Edition"),
    "left_out_none": N_("Nothing had to be left out of this edition."),
    "internal_note": N_("May hold counts and accounts that must not be published."),
    # a question's part of the page
    "verdict": N_("In short"),
    "bears_on": N_("Concerns"),
    "numbers": N_("The numbers"),
    "numbers_all": N_("All numbers with unit, interval and how they are known"),
    "numbers_of": N_("The numbers behind: {sentence}"),
    "figure_table": N_("The figure’s numbers as a table"),
    "measure": N_("What"),
    "value": N_("Value"),
    "interval": N_("Between"),
    "between": N_("{low} and {high}"),
    "at_least": N_("at least {low}"),
    "at_most": N_("at most {high}"),
    "range": N_("{low} to {high}"),
    "level": N_("{per_cent} % confidence"),
    "no_interval": N_("no interval"),
    "kind": N_("How known"),
    "kind.exact": N_("counted"),
    "kind.estimated": N_("estimated"),
    "kind.bound": N_("certain limits"),
    "unit": N_("Unit"),
    "caveats": N_("Keep in mind"),
    "would_change": N_("What would change this"),
    "asks": N_("Whom to ask"),
    "accounts": N_("What people say"),
    "objections": N_("Objections"),
    "withheld": N_("name withheld"),
    "reply": N_("Reply"),
    "changed": N_("What it changed"),
    "gathered": N_("Gathered by: {how}"),
    "consent": N_("Consent: {consent}"),
    "method": N_("How this was computed"),
    "method_name": N_("Method"),
    "formula": N_("Formula"),
    "literature": N_("Literature"),
    "claims": N_("Claims of the research that it serves"),
    "sources": N_("Sources"),
    "missing": N_("Missing here"),
    "scroll": N_("Table that may be wider than the page: {title}"),
    # inputs, settings, words
    "inputs": N_("What was read"),
    "no_inputs": N_("No file was read beside the description of the initiative."),
    "file": N_("File"),
    "table": N_("Table"),
    "rows_read": N_("Rows read"),
    "rows_used": N_("Rows used"),
    "set_aside": N_("Set aside, and why"),
    "set_aside_rows": NN_("{n} row: {why}", "{n} rows: {why}"),
    "rows": N_("{used:count} of {read:count} rows"),
    "nothing_aside": N_("none"),
    "noticed": N_("Noticed"),
    "licence": N_("Licence"),
    "hash": N_("SHA-256"),
    "settings": N_("Choices that differ from the defaults"),
    "no_settings": N_("Every threshold and weight is at its default."),
    "setting": N_("Choice"),
    "default": N_("Default"),
    "here": N_("Here"),
    "words": N_("Words used here"),
    "footer": N_("The same input gives the same dossier, byte for byte."),
}  # fmt: skip

WORDS: tuple[tuple[str, str], ...] = (
    (
        N_("Counted, estimated, certain limits"),
        N_(
            "How a number is known. A counted number has no interval. An estimated one comes with "
            "an interval and how sure that is. Certain limits hold whatever the missing facts are."
        ),
    ),
    (
        N_("Confidence"),
        N_(
            "An interval of 95 % confidence: made in this way many times over, 95 of 100 such "
            "intervals would hold the true number."
        ),
    ),
    (
        N_("Cannot tell"),
        N_("A result like any other: the data given do not decide it, and what would is said."),
    ),
    (
        N_("Account"),
        N_("What somebody said, did or knew. It stands beside the figures as evidence of its own."),
    ),
    (
        N_("Edition"),
        N_(
            "The public edition leaves out what could point to a person or is confidential for "
            "now. The internal edition is for those who may see it."
        ),
    ),
    (
        N_("Seal"),
        N_(
            "A fingerprint of dossier.json. If one letter of the dossier changes, the seal changes."
        ),
    ),
)
