"""HTTP for the front page and the controls; standings come from standing.py, writes go through actions.py."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accord import clauses
from accord.catalogue import Obligation
from accord.decision import BadInput, NotAllowed
from accord.facts import Status
from accord.rules.controls import add_months
from accord.rules.people import may
from accord.web.controls import actions, drawn, mending, public, register, standing
from accord.web.controls.forms import EvidenceForm, ProgramForm, WithdrawForm
from accord.web.controls.front import Filters
from accord.web.controls.models import Award, Evidence, Mode, Program
from accord.web.duties import facts as duties
from accord.web.policies import catalogues, facts
from accord.web.policies.forms import refuse

MONTHS_OF_HISTORY = 12


@require_safe
def front_page(request: Any) -> HttpResponse:
    """The policy in force, sentence by sentence, with what is kept today."""
    internal = may(request.asker, "controls.read", on=request.on).allowed
    contacts = public.reads_contacts(request.asker, on=request.on)
    mark = drawn.mark()
    asked = Filters(*(request.GET.get(name, "") for name in ("actor", "status", "section")))
    filters = drawn.known(mark, request.on, asked)
    key = drawn.Key(mark, request.on, get_language() or "en", internal, contacts, filters)
    if not request.user.is_authenticated and not messages.get_messages(request):
        return HttpResponse(drawn.whole(request, key))
    return render(request, "controls/front_page.html", {"drawn": drawn.draw(key)})


@require_safe
def index(request: Any) -> HttpResponse:
    """Every control, those of the notes too, with its standing."""
    known = catalogues.everything()
    contacts = public.reads_contacts(request.asker, on=request.on)
    found = standing.standings(on=request.on, contacts=contacts)
    actor, status = request.GET.get("actor", ""), request.GET.get("status", "")
    rows = [
        {"obligation": one, "standing": found[one.id], "control": register.control(one)}
        for one in known.values()
        if actor in ("", one.actor) and status in ("", found[one.id].status)
    ]
    numbers, parameters = standing.numbers_standing(on=request.on)
    context = {
        "rows": rows,
        "all": len(known),
        "actors": sorted({one.actor for one in known.values()}),
        "statuses": Status,
        "actor": actor,
        "status": status,
        "numbers": numbers,
        "duties": duties.standing(on=request.on) if contacts else None,
        "parameters": len(parameters),
        "may_describe": may(request.asker, "controls.describe_program", on=request.on).allowed,
    }
    return render(request, "controls/index.html", context)


def _obligation(obligation_id: str) -> Obligation:
    found = catalogues.everything().get(obligation_id)
    if found is None:
        raise Http404
    return found


def _detail(request: Any, obligation: Obligation, status: int = 200, **forms: Any) -> HttpResponse:
    control = register.control(obligation)
    may_file = may(request.asker, "controls.add_evidence", on=request.on).allowed and control.takes_evidence
    contacts = public.reads_contacts(request.asker, on=request.on)
    start = add_months(request.on, -MONTHS_OF_HISTORY)
    course = standing.course(obligation.id, start=start, end=request.on, contacts=contacts)
    context = {
        "obligation": obligation,
        "control": control,
        "clauses": [clauses.clause(one) for one in control.clauses],
        "standing": course.today,
        "mend": mending.mend(control, course.today, request.asker, on=request.on),
        "parameters": control.parameters(on=request.on),
        "evidence": Evidence.objects.filter(obligation=obligation.id).select_related("recorded_by", "withdrawn_by"),
        "may_file": may_file,
        "form": EvidenceForm(obligation=obligation) if may_file else None,
        "changes": course.changes[::-1],
        "sentences": facts.sentences_carrying(obligation.id, on=request.on),
        **forms,
    }
    return render(request, "controls/detail.html", context, status=status)


@require_safe
def detail(request: Any, obligation_id: str) -> HttpResponse:
    """One obligation: what it asks, what shows it, where it stands, and how that went over the last year."""
    return _detail(request, _obligation(obligation_id))


@require_POST
def add_evidence(request: Any, obligation_id: str) -> HttpResponse:
    """Put evidence on file."""
    obligation = _obligation(obligation_id)
    form = EvidenceForm(request.POST, obligation=obligation)
    if not form.is_valid():
        return _detail(request, obligation, 400, form=form)
    clock = {"by": request.user, "at": request.at, "on": request.on}
    try:
        actions.add_evidence(**clock, obligation=obligation.id, **form.cleaned_data)
    except (BadInput, NotAllowed) as refused:
        refuse(form, refused)
        return _detail(request, obligation, 422, form=form)
    except actions.Conflict:
        again = request.POST.copy()
        again["key"] = str(uuid4())
        form = EvidenceForm(again, obligation=obligation)
        form.add_error(
            None, _("This form was used for other evidence, which is on file. To file this too, send it now.")
        )
        return _detail(request, obligation, 409, form=form)
    messages.success(request, _("On file. The standing below counts it already."))
    return redirect("controls:detail", obligation_id=obligation.id)


@require_POST
def withdraw(request: Any, obligation_id: str, uid: object) -> HttpResponse:
    """Take evidence off the file, with a reason."""
    obligation = _obligation(obligation_id)
    row = get_object_or_404(Evidence, uid=uid, obligation=obligation.id)
    form = WithdrawForm(request.POST)
    if not form.is_valid():
        return _detail(request, obligation, 400, withdraw_form=form, withdrawing=row.uid)
    clock = {"by": request.user, "at": request.at, "on": request.on}
    actions.withdraw_evidence(**clock, evidence=row, reason=form.cleaned_data["reason"])
    messages.success(request, _("Withdrawn. It stays readable and no longer counts."))
    return redirect("controls:detail", obligation_id=obligation.id)


@require_http_methods(["GET", "HEAD", "POST"])
def program(request: Any) -> HttpResponse:
    """Say how the program is run."""
    rows = Program.objects.select_related("set_by")
    newest = rows.first()
    initial = {"mode": newest.mode if newest else Mode.UNKNOWN, "award": newest.award if newest else Award.UNKNOWN}
    form = ProgramForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        clock = {"by": request.user, "at": request.at, "on": request.on}
        actions.describe_program(**clock, award=Award(data["award"]), mode=Mode(data["mode"]))
        messages.success(request, _("Kept."))
        return redirect("controls:index")
    status = 400 if request.method == "POST" else 200
    return render(request, "controls/program.html", {"form": form, "rows": rows[:50]}, status=status)
