"""Rules of taste and of accessibility: what is legal, and yet not as a team wants it."""

from __future__ import annotations

from .registry import Finding, Fix, LintRule, lint_rule, lint_rules
from .runner import Settings, lint, settings_of
from .subject import Subject

__all__ = ("Finding", "Fix", "LintRule", "Settings", "Subject", "lint", "lint_rule", "lint_rules", "settings_of")
