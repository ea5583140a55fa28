"""HTTP for consents: reading one, signing one, taking one back. What may be done is decided in consents.py."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accord.decision import BadInput, NotAllowed
from accord.web.base.templatetags.accord import say
from accord.web.people.sign_in import failed
from accord.web.records import consent_reach, consent_state, consent_text, consents, family
from accord.web.records.consent_forms import SignatureForm, TakeBackForm, TermsForm
from accord.web.records.consent_words import WORDS
from accord.web.records.family import Child


def language_of(text: str | None) -> str:
    """The language of a consent: the one asked for when it can be signed in it, else the first."""
    code = (text or "").partition("-")[0]
    return code if code in WORDS else next(iter(WORDS))


@require_safe
def read(request: Any, uid: object) -> HttpResponse:
    """One consent as it was signed, to be read, printed and kept."""
    consent = consent_reach.visible(request, uid)
    return _page(request, consent)


def _page(request: Any, consent: Any, form: TakeBackForm | None = None, *, status: int = 200) -> HttpResponse:
    ((standing, why),) = consent_state.states(consent.student, [consent], on=request.on)
    keeps = family.keeps(request.user, on=request.on)
    context = {
        "consent": consent,
        "standing": standing,
        "why": why,
        "paragraphs": consent_text.paragraphs(consent.text),
        "may_end": standing in consent_state.ENDABLE,
        "keeps": keeps,
        "form": form or TakeBackForm(),
    }
    return render(request, "records/consent.html", context, status=status)


@require_POST
def revoke(request: Any, uid: object) -> HttpResponse:
    """Take a consent back, in one step. Whoever keeps the records says how they were asked to."""
    consent = consent_reach.visible(request, uid, whole=False)
    form = TakeBackForm(request.POST)
    reason = request.POST.get("reason", "")[:500]
    try:
        consents.revoke(by=request.user, at=request.at, on=request.on, consent=consent, reason=reason)
    except NotAllowed as refused:
        if not family.keeps(request.user, on=request.on):
            raise
        form.is_valid()
        for finding in refused.decision.unmet:
            form.add_error(finding.field if finding.field in form.fields else None, say(finding.reason))
        return _page(request, consent_reach.visible(request, uid), form, status=422)
    messages.success(request, _("The consent is taken back. From now on it opens nothing."))
    if consent.signer != request.user and not family.keeps(request.user, on=request.on):
        return redirect("records:consents")
    return redirect("records:consent", uid=consent.uid)


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: Any) -> HttpResponse:
    """Sign a consent in two steps: say what it is about, then read the whole text and sign it."""
    mine = family.children(request.user, at=request.at, on=request.on)
    child = _chosen(request, mine)
    if child is None or not child.signs.met:
        context = {"children": mine, "child": child}
        return render(request, "records/consent_new.html", context, status=422 if request.method == "POST" else 200)
    language = language_of(get_language())
    asked = {"link": child.link, "language": language, "at": request.at, "on": request.on}
    if request.method != "POST":
        return _terms(request, mine, child, TermsForm(**asked))
    form = TermsForm(request.POST, **asked)
    if not form.is_valid() or request.POST.get("do") == "change":
        return _terms(request, mine, child, form, status=400 if form.errors else 200)
    return _STEPS.get(request.POST.get("do", ""), _show)(request, child, form)


def _chosen(request: Any, mine: list[Child]) -> Child | None:
    """The child asked for; the only one when there is no other.

    Raises:
        Http404: for one this account is not linked to, as for one that does not exist.
    """
    asked = request.GET.get("student", "")
    if not asked:
        return mine[0] if len(mine) == 1 else None
    found = next((one for one in mine if str(one.link.uid) == asked), None)
    if found is None:
        raise Http404
    return found


def _terms(request: Any, mine: list[Child], child: Child, form: TermsForm, *, status: int = 200) -> HttpResponse:
    context = {"children": mine, "child": child, "form": form}
    return render(request, "records/consent_new.html", context, status=status)


def _text(request: Any, child: Child, form: TermsForm) -> tuple[str, str]:
    """The language and the text of what is about to be signed."""
    language = language_of(request.POST.get("read_in") or get_language())
    return language, consent_text.text(child.link, form.terms(), language=language, signer=request.user.name)


def _show(
    request: Any, child: Child, form: TermsForm, sign: SignatureForm | None = None, *, status: int = 200
) -> HttpResponse:
    """The whole text, and the place to sign it."""
    language, text = _text(request, child, form)
    context = {
        "child": child,
        "sent": form.sent(),
        "language": language,
        "others": [(code, name) for code, name in (("en", "English"), ("es", "Español")) if code != language],
        "paragraphs": consent_text.paragraphs(text),
        "digest": consent_text.digest(text),
        "key": _key(request),
        "form": sign or SignatureForm(request),
    }
    return render(request, "records/consent_sign.html", context, status=status)


def _key(request: Any) -> str:
    try:
        return UUID(request.POST.get("key", "")).hex
    except ValueError:
        return uuid4().hex


def _sign(request: Any, child: Child, form: TermsForm) -> HttpResponse:
    language, text = _text(request, child, form)
    sign = SignatureForm(request, request.POST)
    if request.POST.get("digest") != consent_text.digest(text):
        messages.warning(request, _("The text changed since you read it. Nothing is signed. Read it again."))
        return _show(request, child, form, status=409)
    if not sign.is_valid():
        failed(request, at=request.at, username=request.user.username)
        return _show(request, child, form, sign, status=422)
    try:
        signed = consents.sign(
            by=request.user,
            at=request.at,
            on=request.on,
            key=_key(request),
            student=child.student,
            terms=form.terms(),
            language=language,
            text=text,
            **sign.cleaned_data,
        )
    except (NotAllowed, BadInput) as refused:
        sign.add_error(None, _told(refused))
        return _show(request, child, form, sign, status=422)
    messages.success(request, _("Signed. This is your copy: print it or come back to it at any time."))
    return redirect("records:consent", uid=signed.uid)


def _told(refused: NotAllowed | BadInput) -> str:
    if isinstance(refused, BadInput):
        return f"{refused.what} {refused.mend}"
    return " ".join(say(finding.reason) for finding in refused.decision.unmet)


_STEPS = {"sign": _sign}
