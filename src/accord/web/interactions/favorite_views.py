"""HTTP for favorites: the answers that a person keeps to begin the next contact with."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accord.decision import BadInput, NotAllowed
from accord.web.base.templatetags.accord import say
from accord.web.interactions import again, drafts, favorites, quick_words, reach
from accord.web.interactions.models_favorites import LONGEST_NAME


@require_safe
def index(request: Any) -> HttpResponse:
    """One's own favorites, and the form that makes one of a contact of one's own."""
    return _page(request)


def _page(request: Any, *, status: int = 200) -> HttpResponse:
    context = {
        "favorites": quick_words.favorites(request),
        "last": quick_words.last(request),
        "longest": LONGEST_NAME,
        "typed": request.POST,
    }
    return render(request, "interactions/favorites.html", context, status=status)


@require_POST
def save(request: Any) -> HttpResponse:
    """Keep the answers of a contact of one's own (`again`), or those of the full form that was sent, as a favorite.

    What was typed into the form is kept as a draft, and the draft opened again.
    """
    if "again" in request.POST:
        if not request.POST["again"]:
            messages.error(request, _("Choose a contact."))
            return _page(request, status=400)
        status = keep(request, again.of_version(again.own(request, request.POST["again"])))
        return redirect("interactions:favorites") if status == 200 else _page(request, status=status)
    if "key" not in request.POST:
        messages.error(request, _("There is nothing to keep."))
        return _page(request, status=400)
    keep(request, again.of_sent(request.POST))
    kept = drafts.save(**reach.who(request), data=request.POST)
    return redirect(f"{reverse('interactions:new')}?draft={kept.uid}" if kept else reverse("interactions:new"))


def keep(request: Any, answers: again.Carried) -> int:
    """Keep answers under the name that was sent, and say whether that went well. Gives the status to answer with."""
    try:
        kept = favorites.save(**reach.who(request), name=request.POST.get("favorite_name", ""), answers=answers)
    except NotAllowed as refused:
        messages.error(request, " ".join(say(finding.reason) for finding in refused.decision.unmet))
        return 422
    except BadInput as error:
        messages.error(request, f"{error.what} {error.mend}")
        return 400
    messages.success(request, _("The favorite is kept: %(name)s.") % {"name": kept.name})
    return 200


@require_POST
def remove(request: Any) -> HttpResponse:
    """Let a favorite of one's own go. Sent twice, it is gone all the same; another's stays."""
    try:
        uid = UUID(request.POST.get("favorite", ""))
    except ValueError:
        return _page(request, status=400)
    favorites.remove(**reach.who(request), uid=uid)
    messages.success(request, _("The favorite is removed."))
    return redirect("interactions:favorites")
