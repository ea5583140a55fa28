"""HTTP for linking people of a contact to students on the roster. Searches are posted: no name stands in an address."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accord.decision import BadInput, NotAllowed
from accord.facts import Grade, PersonKind
from accord.web.base.templatetags.accord import label, say
from accord.web.interactions import facts, linking, reach, reviewing, words
from accord.web.interactions.actions import Conflict
from accord.web.interactions.link_forms import LinkForm
from accord.web.interactions.models import Interaction, Person, Version
from accord.web.interactions.recorded import KINDS
from accord.web.students.actions import FOUND, reveal, search
from accord.web.students.models import Student

_NAMES = {
    "grade": "Grade",
    "race": "Race and ethnicity",
    "sex": "Sex",
    "disability": "Disability service",
    "english_learner": "English learner",
}


@dataclass(frozen=True)
class _Answer:
    """One answer of a person beside the one offered, in words."""

    name: str
    title: str
    told: str
    offered: str
    asks: bool
    fills: bool


@dataclass(frozen=True)
class _Shown:
    """One student of a contact: what is told, and whom the person is linked to. `reached` is False for a student of
    another school than the reader's."""

    position: int
    lines: list[words.Line]
    linked: bool
    reached: bool = False
    student: Student | None = None
    grade: Grade | None = None


@require_http_methods(["GET", "HEAD", "POST"])
def students(request: Any, uid: object) -> HttpResponse:
    """Who of the roster the students of a contact are: search, compare, link, and take a link back."""
    interaction = reach.visible(request, uid)
    linking.may_link(request.user, interaction, on=request.on).require()
    if request.method != "POST":
        return _page(request, interaction)
    form = LinkForm(request.POST)
    if not form.is_valid():
        return _page(request, interaction, form=form, status=400)
    try:
        return _STEPS[form.cleaned_data["do"]](request, interaction, form)
    except BadInput as error:
        form.add_error(None, f"{error.what} {error.mend}")
        return _page(request, interaction, form=form, status=400)
    except NotAllowed as refused:
        for finding in refused.decision.unmet:
            form.add_error(None, say(finding.reason))
        return _page(request, interaction, form=form, status=422)
    except Conflict:
        return _page(request, interaction, status=409, conflict=True)


def _find(request: Any, interaction: Interaction, form: LinkForm) -> HttpResponse:
    data = form.cleaned_data
    if not data["text"]:
        form.add_error("text", _("Give a number or a name."))
        return _page(request, interaction, form=form, status=400)
    found = search(**reach.who(request), text=data["text"])
    more: dict[str, Any] = {
        "searched": data["person"],
        "found": [(one, Grade(one.grade)) for one in found],
        "most": FOUND,
    }
    return _page(request, interaction, form=form, **more)


def _choose(request: Any, interaction: Interaction, form: LinkForm) -> HttpResponse:
    """The answers told and those of the roster, side by side, before anything is stored."""
    student, person = _student(request, form), _person(interaction, form)
    version = person.version
    answers = _answers(linking.compared(person, linking.of_roster(student, version, on=request.on)))
    unasked = "grade" not in {one.name for one in answers}
    chosen: dict[str, Any] = {"choosing": person.position, "chosen": student, "chosen_grade": Grade(student.grade)}
    return _page(request, interaction, form=form, answers=answers, no_grade=unasked, **chosen)


def _link(request: Any, interaction: Interaction, form: LinkForm) -> HttpResponse:
    data = form.cleaned_data
    student = _student(request, form)
    linking.link(_asked(request, interaction, form), position=data["person"], student=student, taken=data["taken"])
    messages.success(request, _("The link is filed. The new version waits for a review by somebody else."))
    return redirect("interactions:students", uid=interaction.uid)


def _unchoose(request: Any, interaction: Interaction, form: LinkForm) -> HttpResponse:
    """The answers on file and those before the link, side by side."""
    person = _person(interaction, form)
    answers = [one for one in _answers(linking.compared(person, linking.of_before(person))) if one.told != one.offered]
    back = [replace(one, asks=True, fills=False) for one in answers]
    return _page(request, interaction, form=form, unchoosing=person.position, answers=back)


def _unlink(request: Any, interaction: Interaction, form: LinkForm) -> HttpResponse:
    data = form.cleaned_data
    linking.unlink(_asked(request, interaction, form), position=data["person"], taken=data["taken"])
    messages.success(request, _("The link is taken back. The new version waits for a review by somebody else."))
    return redirect("interactions:students", uid=interaction.uid)


def _follow(request: Any, interaction: Interaction, form: LinkForm) -> HttpResponse:
    linking.follow(_asked(request, interaction, form), reference=form.cleaned_data["reference"])
    messages.success(request, _("It is filed. The new version waits for a review by somebody else."))
    return redirect("interactions:students", uid=interaction.uid)


_STEPS = {
    "find": _find,
    "choose": _choose,
    "link": _link,
    "unchoose": _unchoose,
    "unlink": _unlink,
    "follow": _follow,
}


def _asked(request: Any, interaction: Interaction, form: LinkForm) -> linking.Asked:
    data = form.cleaned_data
    return linking.Asked(**reach.who(request), interaction=interaction, number=data["number"], words=data["words"])


def _student(request: Any, form: LinkForm) -> Student:
    uid = form.cleaned_data["student"]
    found = reveal(**reach.who(request), uids=[uid] if uid else []).get(uid)
    if found is None:
        raise BadInput(_("No such student is within your reach."), mend=_("Search again."))
    return found


def _person(interaction: Interaction, form: LinkForm) -> Person:
    rows = Person.objects.filter(version__interaction=interaction, version__number=form.cleaned_data["number"])
    current = rows.filter(version__is_current=True).select_related("version__interaction", "student")
    found: Person | None = current.filter(position=form.cleaned_data["person"]).first()
    if found is None:
        raise Conflict
    return found


def _answers(rows: list[linking.Compared]) -> list[_Answer]:
    return [
        _Answer(
            one.name,
            label(_NAMES[one.name]),
            label(KINDS[one.name](one.told)),
            label(KINDS[one.name](one.offered)),
            one.asks,
            one.fills,
        )
        for one in rows
    ]


def _page(
    request: Any, interaction: Interaction, *, form: LinkForm | None = None, status: int = 200, **more: Any
) -> HttpResponse:
    reviewing.reveal(**reach.who(request), interaction=interaction)
    current = Version.objects.current().prefetch_related("people__student").get(interaction=interaction)
    context = {
        "interaction": interaction,
        "current": current,
        "people": _people(request, current),
        "follows": facts.details(current).follows,
        "form": form or LinkForm(),
        **more,
    }
    return render(request, "interactions/students.html", context, status=status)


def _people(request: Any, current: Version) -> list[_Shown]:
    """The students of a contact, with whom they are linked to as far as this person reads the roster."""
    rows = [one for one in current.people.all() if one.kind == PersonKind.STUDENT]
    linked = [one.student.uid for one in rows if one.student]
    reached = reveal(**reach.who(request), uids=linked)
    return [_shown(row, reached.get(row.student.uid) if row.student else None) for row in rows]


def _shown(row: Person, student: Student | None) -> _Shown:
    grade = Grade(student.grade) if student else None
    return _Shown(row.position, words.person(row), row.student is not None, student is not None, student, grade)
