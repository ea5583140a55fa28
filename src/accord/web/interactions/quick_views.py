"""HTTP for the quick form; what may be filed is decided in rules and actions.py, as for the full form."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accord.decision import BadInput, Finding, NotAllowed
from accord.facts import PersonKind
from accord.rules.people import Scope
from accord.web.base.templatetags.accord import say
from accord.web.base.views import bad_input
from accord.web.interactions import actions, again, draft_views, drafts, entry_times, filters, quick, quick_words, reach
from accord.web.interactions.alike import Likely
from accord.web.interactions.favorite_views import keep
from accord.web.interactions.forms import unclean
from accord.web.interactions.places import Place
from accord.web.interactions.quick_form import QuickForm, blank
from accord.web.interactions.recorded import SCHOOL_RECORDED
from accord.web.interactions.texts import OWN_WORDS, marked, may_stay, on_roster


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: Any) -> HttpResponse:
    """Log a contact by the quick form; `?filed=` says what was filed by it, `?draft=` goes on with a draft of it."""
    if request.method == "POST":
        return _sent(request)
    if "draft" in request.GET:
        return _gone_on_with(request)
    if "filed" in request.GET:
        return _filed(request)
    known = again.prefill(request)
    told = quick.initial(known) if known else {"school": reach.usual_school(request, _schools(request))}
    if told is None:
        return redirect(f"{reverse('interactions:new')}?{request.GET.urlencode()}")
    return _page(request, _form(request, initial=_new(request, **told)))


def _new(request: Any, **told: Any) -> dict[str, Any]:
    return blank(at=request.at, key=secrets.token_urlsafe(24), **told)


def _schools(request: Any) -> Any:
    return filters.schools(reach.scope(request, "interactions.log"), reading=False)


def _own(request: Any) -> bool:
    """Does this person leave to the school what the school records?"""
    read: Scope = reach.scope(request, "interactions.read")
    return not (read.district or read.schools)


def _form(request: Any, data: Any = None, **more: Any) -> QuickForm:
    return QuickForm(data, schools=_schools(request), own=_own(request), **more)


def _sent(request: Any) -> HttpResponse:
    sent = request.POST.copy()
    if not drafts.is_key(sent.get("key", "")):
        sent["key"] = secrets.token_urlsafe(24)
    full = quick.as_full(sent, own=_own(request))
    if "full" in sent:
        return _go_on(request, full)
    if sent.get("do") == "favorite":
        return _keep(request, sent, full)
    form = _form(request, sent)
    if not form.is_valid():
        drafts.save(**reach.who(request), data=full)
        return _page(request, form, status=400)
    return _file(request, form, full)


def _go_on(request: Any, full: Any) -> HttpResponse:
    """To the full form, with everything that was chosen: it is kept as a draft, and the draft opened there."""
    kept = drafts.save(**reach.who(request), data=full)
    return redirect(f"{reverse('interactions:new')}?draft={kept.uid}" if kept else reverse("interactions:new"))


def _gone_on_with(request: Any) -> HttpResponse:
    draft = draft_views.asked_for(request)
    told = quick.of_full(drafts.sent(draft), own=_own(request))
    if told is None:
        return redirect(f"{reverse('interactions:new')}?draft={draft.uid}")
    return _page(request, _form(request, initial=told))


def _keep(request: Any, sent: Any, full: Any) -> HttpResponse:
    """Keep the answers as a favorite, and lead back to the page as it was typed."""
    status = keep(request, again.of_sent(full))
    kept = drafts.save(**reach.who(request), data=full)
    if status == 200 and kept:
        return redirect(f"{reverse('interactions:quick')}?draft={kept.uid}")
    return _page(request, _form(request, initial=_typed(sent)), status=status, naming=True)


def _typed(sent: Any) -> dict[str, Any]:
    several = ("tried_first", "outcomes")
    return {name: sent.getlist(name) if name in several else sent.get(name, "") for name in QuickForm.base_fields}


def _file(request: Any, form: QuickForm, full: Any) -> HttpResponse:
    data = form.cleaned_data
    entry = quick.entry(data, own=form.own, at=request.at)
    try:
        filed = actions.log(
            **reach.who(request),
            key=data["key"],
            school=data["school"],
            place=Place(data["location"]),
            entry=entry,
            knowing_of=frozenset(request.POST.getlist("another")),
        )
    except NotAllowed as refused:
        drafts.save(**reach.who(request), data=full)
        _show(form, refused.decision.unmet)
        return _page(request, form, status=422)
    except actions.Conflict as conflict:
        typed = _typed(request.POST) | {"key": secrets.token_urlsafe(24)}
        known = [one.reference for one in (conflict.filed,) if one]
        return _page(request, _form(request, initial=typed), status=409, filed=conflict.filed, another=known)
    except Likely as likely:
        drafts.save(**reach.who(request), data=full)
        another = [*request.POST.getlist("another"), *(one.reference for one in likely.filed)]
        form = _form(request, initial=_typed(request.POST))
        return _page(request, form, status=409, likely=likely, another=another)
    except BadInput as error:
        return bad_input(request, error)
    drafts.discard(by=request.user, key=data["key"])
    if data["who"] != PersonKind.STUDENT and any(data.get(name) for name in SCHOOL_RECORDED):
        messages.warning(request, _("Left out: grade, race, sex, disability and English learner belong to students."))
    if filed.filed_at == request.at and (why := entry_times.note(full, "quick", request.at)):
        messages.info(request, why)
    return redirect(f"{reverse('interactions:quick')}?filed={filed.uid}")


def _show(form: QuickForm, findings: tuple[Finding, ...]) -> None:
    """Put each unmet finding beside its tiles, or above the page when the page does not ask what it is about."""
    for finding in findings:
        field = finding.field.rpartition(".")[2]
        field = {"people": "who"}.get(field, field)
        form.add_error(field if field in form.fields else None, say(finding.reason))


def _page(request: Any, form: QuickForm, *, status: int = 200, **more: Any) -> HttpResponse:
    if form.is_bound and unclean(form):
        status = 422
    more.setdefault("another", request.POST.getlist("another") or _known(request))
    marks = _marks(request, form)
    more |= {"form": form, "marked": marks, "elsewhere": quick.ELSEWHERE, "keeps": _keeps(form, marks)}
    return render(request, "interactions/quick.html", more, status=status)


def _known(request: Any) -> list[str]:
    """The references of the contacts that this one is not, as who logs another, or the same again, says."""
    said = {"another", "again"} & set(request.GET)
    return [one.interaction.reference for one in again.last_own(request)] if said else []


def _keeps(form: QuickForm, marks: dict[str, Any]) -> bool:
    """Are there names or numbers to give a reason for, or was one given?"""
    return bool(form["keep"].value()) or ("narrative" in form.errors and may_stay(marks.get("narrative", ())))


def _marks(request: Any, form: QuickForm) -> dict[str, Any]:
    """Each refused text in parts, with what is wrong in it marked."""
    shown = {}
    for field in form.errors if form.is_bound else ():
        if field in OWN_WORDS:
            text, school = str(form[field].value() or ""), getattr(form, "cleaned_data", {}).get("school")
            roster = on_roster(text, school, on=request.on) if school and field == "narrative" else ()
            parts = marked(text, roster)
            if any(part.kind for part in parts):
                shown[field] = parts
    return shown


def _filed(request: Any) -> HttpResponse:
    """What was filed, in one sentence, and what may be done next."""
    version = again.own(request, request.GET["filed"])
    return render(
        request, "interactions/quick_filed.html", {"version": version, "sentence": quick_words.sentence(version)}
    )
