"""What is asked of whoever asks for records: a few questions for everyone, and further ones where they apply."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from accord.facts import Coded
from accord.facts.records import Capacity, PaperKind, Purpose, RecordKind
from accord.web.interactions.choices import choices
from accord.web.interactions.ruled import RuledChoice
from accord.web.records import ask_more, ask_outside, asking
from accord.web.records.form_fields import RuledText, area, several


class Whose(Coded):
    """For whom a request is entered."""

    OWN = "own", "For oneself"
    OUTSIDE = "outside", "For someone outside the district"


class Onward(Coded):
    """To whom the records would be passed on."""

    NOBODY = "nobody", "To nobody"
    AGENCY = "agency", "To others at my own agency"
    OTHERS = "others", "To someone else"


def _options(members: Sequence[Coded]) -> list[tuple[str, Any]]:
    wanted = set(members)
    return [row for row in choices(type(members[0])) if row[0] in wanted]


_WHY = _("What for")
_FURTHER = _("What this purpose asks")
_GROUPS: list[tuple[Any, tuple[str, ...]]] = [
    (_("Who asks"), ("name", "capacity", "party_agency", "verified", "identity", "agency")),
    (_("Whom and what"), ("about", "kinds", "wanted")),
    (_WHY, ("purpose", "interest")),
    (_("Passing it on"), ("onward", "passed_name", "passed_capacity", "passed_agency")),
    (
        _("Papers"),
        (
            "paper",
            "paper_signed",
            "paper_issued",
            "paper_expires",
            "paper_names",
            "paper_recipient",
            "paper_secret",
            "consent",
        ),
    ),
]


class AskForm(forms.Form):
    """A request for records, one's own or entered for someone outside.

    `shown` names the further questions that stand on the page.
    """

    use_required_attribute = False

    key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    shown = forms.CharField(required=False, max_length=500, widget=forms.HiddenInput)
    whose = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    agency = RuledChoice(
        label=_("Agency you serve"),
        help_text=_("As your role on file says. A record is held against the agreement with this agency."),
        error_messages={
            "invalid_choice": _(
                "Your role is not held for this agency. The program administrator files with the role which you serve."
            )
        },
    )
    about = RuledText(
        label=_("Which student"),
        max_length=200,
        help_text=_("In your own words: the name, the school, the grade. Only you and whoever decides read it."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    kinds = several(RecordKind, _("Which kinds of records"), error=_("Choose at least one kind."))
    wanted = RuledText(
        label=_("Which records exactly"),
        max_length=2000,
        help_text=_("The less you ask for, the sooner it can be answered. Such as: attendance of this month."),
        widget=area(2),
    )
    purpose = forms.ChoiceField(
        label=_("What they are for"), widget=forms.RadioSelect, error_messages={"required": _("Choose one.")}
    )
    interest = RuledText(
        label=_("Why you need these very records"),
        max_length=2000,
        help_text=_("Your interest in each of them. Write nothing of citizenship or immigration."),
        widget=area(4),
    )
    onward = forms.ChoiceField(
        label=_("To whom they would be passed on"), choices=choices(Onward), widget=forms.RadioSelect
    )
    paper = forms.ChoiceField(
        label=_("Paper you bring"), required=False, choices=choices(PaperKind, _("None")), widget=forms.Select
    )
    consent = forms.UUIDField(
        label=_("Number of the consent it rests on"),
        required=False,
        help_text=_("Only if you were given one. The request then stands and falls with that consent."),
        error_messages={"invalid": _("This is no number of a consent. Leave it empty if you have none.")},
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        held: Sequence[Capacity],
        agencies: Sequence[str],
        outside: bool,
    ) -> None:
        whose = Whose.OUTSIDE if outside else Whose.OWN
        super().__init__(data, initial={"key": uuid4().hex, "whose": whose.value, "onward": Onward.NOBODY.value})
        self.held, self.served, self.outside = held, agencies, outside
        if self.outside or self.own_capacity not in asking.OFFICERS:
            del self.fields["agency"]
        else:
            self._serve()
        if self.capacity is Capacity.EMPLOYEE:
            del self.fields["paper"]
        self._options("purpose", _options(asking.PURPOSES.get(self.capacity, tuple(Purpose))))
        self._options("onward", _options([one for one in Onward if one is not Onward.AGENCY or self._serves_agency]))
        self.needed = ask_more.needed(self)
        self.asks_more = [one for one in self.needed if one not in self._sent("shown").split()] if self.is_bound else []
        for name in self.needed:
            self.fields[name] = ask_more.FIELDS[name]()
        if self.outside:
            ask_outside.reword(self.fields)

    def _serve(self) -> None:
        """Offer the agencies that the role names; where it names none, say who files it."""
        field, rows = self.fields["agency"], [(one, one) for one in self.served]
        none = ("", _("Choose") if rows else _("Not on file"))
        self._options("agency", rows if len(rows) == 1 else [none, *rows])
        if not rows:
            field.help_text = _(
                "Nothing is released on an agreement with an agency until the program administrator files yours with "
                "your role, on the page of your account."
            )

    def _options(self, name: str, rows: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = rows  # type: ignore[attr-defined]

    def _sent(self, name: str) -> str:
        return str(self.data.get(name, "")) if self.is_bound else ""

    @property
    def own_capacity(self) -> Capacity:
        return self.held[0] if self.held else Capacity.OTHER

    @property
    def capacity(self) -> Capacity:
        """In what capacity it is asked, as far as that is stated."""
        if not self.outside:
            return self.own_capacity
        stated = self._sent("capacity")
        return Capacity(stated) if stated in set(asking.OUTSIDE) else Capacity.OTHER

    @property
    def stated_purpose(self) -> Purpose | None:
        """What the records are for, as far as that is stated."""
        stated = self._sent("purpose")
        return Purpose(stated) if stated in set(Purpose) else None

    @property
    def onward_to(self) -> str:
        return self._sent("onward")

    @property
    def brings_paper(self) -> bool:
        return "paper" in self.fields and self._sent("paper") in set(PaperKind)

    @property
    def _serves_agency(self) -> bool:
        return self.capacity is not Capacity.EMPLOYEE

    @property
    def more_fields(self) -> list[forms.BoundField]:
        """The further questions that the answers call for and that did not stand on the page."""
        return [self[name] for name in self.asks_more]

    @property
    def standing_on_page(self) -> str:
        """What the page, once shown, will have asked."""
        return " ".join(self.needed)

    @property
    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The questions in the order of the page, under headings."""
        placed = [(title, [self[one] for one in names if one in self.fields]) for title, names in _GROUPS]
        told = {name for _title, names in _GROUPS for name in names}
        rest = [self[name] for name in self.needed if name not in told]
        at = next(number for number, (title, _fields) in enumerate(placed) if title == _WHY) + 1
        return [group for group in [*placed[:at], (_FURTHER, rest), *placed[at:]] if group[1]]

    def clean_agency(self) -> str:
        stated: str = self.cleaned_data["agency"]
        if not stated and len(self.served) > 1:
            raise forms.ValidationError(_("Choose for which of your agencies you ask."))
        return stated

    def clean_paper_expires(self) -> date | None:
        issued, expires = self.cleaned_data.get("paper_issued"), self.cleaned_data.get("paper_expires")
        if issued and expires and expires < issued:
            raise forms.ValidationError(_("The last day lies before the first."))
        return expires
