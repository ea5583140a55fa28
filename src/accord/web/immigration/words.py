"""What staff and officers read: what each paper looks like, what to say at the door, and what officers sign."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accord.decision import Say
from accord.facts.immigration import Paper
from accord.web.base.templatetags.accord import say

LOOKS: dict[Paper, Say] = {
    Paper.NONE: Say("They hold nothing, or only show a badge."),
    Paper.ADMINISTRATIVE_WARRANT: Say(
        "The top says Department of Homeland Security. The title reads Warrant for Arrest of Alien (I-200) or Warrant "
        "of Removal (I-205). An officer of the agency signed it, or an immigration judge. No court is named."
    ),
    Paper.ADMINISTRATIVE_SUBPOENA: Say(
        "The top says Department of Homeland Security. The title reads Immigration Enforcement Subpoena (I-138). An "
        "officer of the agency signed it. No court is named and no judge."
    ),
    Paper.OTHER_FORM: Say("A notice, a detainer (I-247A), a letter or a list. It comes from the agency, not a court."),
    Paper.JUDICIAL_WARRANT: Say(
        "The top names a court: United States District Court, or Superior Court of California. A judge or magistrate "
        "judge signed it. It names the place to be searched or the person to be arrested, and a date by which."
    ),
    Paper.JUDICIAL_SUBPOENA: Say(
        "The top names a court and a case number. A clerk or judge of that court issued it. It names what is to be "
        "handed over and by when, and that is never at once."
    ),
    Paper.COURT_ORDER: Say("The top names a court and a case number. A judge of that court signed it at the end."),
    Paper.NOT_KNOWN: Say(
        "You have not read it, or you are not sure. Then it counts as no paper until counsel read it."
    ),
}
"""What each paper looks like, in the order of the closed list."""

DUTIES: tuple[Say, ...] = (
    Say(
        "I do not ask students or their families where they were born, whether they may live here, or for any paper "
        "that shows it, and I do not write it down when I hear it."
    ),
    Say("I do not hold, question, look for or point out anyone for immigration enforcement."),
    Say("I do not open a door, show the way, translate or stand by for immigration enforcement at a school."),
    Say("I do not tell immigration officers anything about a student, a family, a home or a schedule."),
    Say("I do not let an immigration officer interpret for me at a school."),
    Say(
        "When immigration officers ask me for help, or when I see them at a school, I open “Immigration officers here” "
        "in Accord at once and fill it in. The Superintendent decides what follows."
    ),
    Say(
        "Only paper signed by a judge of a court can change this, and only once the Superintendent has put on file "
        "that it binds. My own agency cannot."
    ),
    Say("I ask the Superintendent when I am not sure. Until I have an answer, my answer is no."),
)
"""What an officer signs each year: the policy's sentences on immigration, as duties in plain words."""


def pledge() -> str:
    """What an officer signs, word for word, in the reader's language."""
    title = _("My duties on immigration at the schools")
    law = _("The law: Education Code 234.7 (AB 49 of 2025), Government Code 7284.6, and Board Policy 3515.31.")
    return "\n".join([title, *(f"{number}. {say(one)}" for number, one in enumerate(DUTIES, 1)), law])
