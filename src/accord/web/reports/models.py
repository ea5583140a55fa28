"""Editions: the exact text that was frozen, its digest, and who drafted, published or discarded it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from accord.web.people.models import User


class Editions(models.QuerySet["Edition"]):
    """Narrowing by where an edition stands."""

    def live(self) -> Editions:
        """Drafts and published editions."""
        return self.filter(discarded_at__isnull=True)

    def drafts(self) -> Editions:
        return self.live().filter(published_at__isnull=True)

    def published(self) -> Editions:
        return self.filter(published_at__isnull=False)

    def visible_to(self, *, reads_drafts: bool) -> Editions:
        """What a person may open: published editions, and drafts with the permission to read them."""
        return self.live() if reads_drafts else self.published()


class Edition(models.Model):
    """A Board report of one period.

    `body` is the text that was frozen and is served; `digest` (SHA-256) is the one the text states over the rest of
    itself. `counted` and `unreviewed` are interactions, `hidden` figures; `smallest_width` is the least number of
    values that an attack leaves for a hidden figure, empty when it bounds none. `sections` and the lists after it are
    set at publication, from `body` alone. The database refuses to change a published edition or any frozen text.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.UUIDField(unique=True, editable=False)
    slug = models.SlugField(_("address"), max_length=40)
    title = models.CharField(_("title"), max_length=200)
    period_start = models.DateField(_("first day"))
    period_end = models.DateField(_("last day"))
    body = models.TextField()
    digest = models.CharField(_("digest"), max_length=64)
    counted = models.PositiveIntegerField(_("interactions counted"))
    unreviewed = models.PositiveIntegerField(_("interactions left out as not reviewed"))
    hidden = models.PositiveIntegerField(_("figures hidden"))
    smallest_width = models.PositiveIntegerField(_("smallest number of possible values"), null=True)
    sections = models.JSONField(default=list)
    disparities = models.JSONField(default=list)
    breakdowns = models.JSONField(default=list)
    uncompared = models.JSONField(default=list)
    drafted_by: models.ForeignKey[User, User] = models.ForeignKey(
        "people.User", on_delete=models.PROTECT, related_name="+", verbose_name=_("drafted by")
    )
    drafted_at = models.DateTimeField(_("drafted"))
    published_by: models.ForeignKey[User | None, User | None] = models.ForeignKey(
        "people.User", on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("published by")
    )
    published_at = models.DateTimeField(null=True)
    published_on = models.DateField(_("published"), null=True)
    discarded_by: models.ForeignKey[User | None, User | None] = models.ForeignKey(
        "people.User", on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("discarded by")
    )
    discarded_at = models.DateTimeField(_("discarded"), null=True)

    objects = Editions.as_manager()

    class Meta:
        ordering = ["-period_start", "-id"]
        constraints = [
            models.UniqueConstraint(
                name="edition_one_live_per_address", fields=["slug"], condition=Q(discarded_at__isnull=True)
            ),
            models.CheckConstraint(name="edition_period_runs_forward", condition=Q(period_start__lte=F("period_end"))),
            models.CheckConstraint(
                name="edition_published_as_a_whole",
                condition=Q(published_at__isnull=True, published_by__isnull=True, published_on__isnull=True)
                | Q(published_at__isnull=False, published_by__isnull=False, published_on__isnull=False),
            ),
            models.CheckConstraint(
                name="edition_discarded_as_a_whole",
                condition=Q(discarded_at__isnull=True, discarded_by__isnull=True)
                | Q(discarded_at__isnull=False, discarded_by__isnull=False, published_at__isnull=True),
            ),
            models.CheckConstraint(
                name="edition_published_by_another",
                condition=Q(published_by__isnull=True) | ~Q(published_by=F("drafted_by")),
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def is_published(self) -> bool:
        return self.published_at is not None
