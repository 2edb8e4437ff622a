"""What follows: when to call about a symptom."""

from __future__ import annotations

from fingerpost.plan.symptoms import Said, Told, Urgency, how_soon, when_to_call

__all__ = ["Said", "Told", "Urgency", "how_soon", "when_to_call"]
