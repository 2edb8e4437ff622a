"""The criteria language: what a condition means. It knows no drug, no disease and no file."""

from __future__ import annotations

from fingerpost.criteria.case import Case
from fingerpost.criteria.evaluate import evaluate
from fingerpost.criteria.graph import Graph
from fingerpost.criteria.nodes import Node
from fingerpost.criteria.parse import Parser, parse
from fingerpost.criteria.problems import CriterionError, CriterionProblem
from fingerpost.criteria.vocabulary import FactType, Vocabulary

__all__ = [
    "Case",
    "CriterionError",
    "CriterionProblem",
    "FactType",
    "Graph",
    "Node",
    "Parser",
    "Vocabulary",
    "evaluate",
    "parse",
]
