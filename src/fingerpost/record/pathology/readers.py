"""Every reader of report text, in one place."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from fingerpost.record.dictionaries import Dictionaries
from fingerpost.record.pathology.anatomy.assays import read_assays
from fingerpost.record.pathology.anatomy.genes import read_genes
from fingerpost.record.pathology.anatomy.grade import read_grade
from fingerpost.record.pathology.anatomy.histology import read_histology
from fingerpost.record.pathology.anatomy.history import read_history
from fingerpost.record.pathology.anatomy.margins import read_margins
from fingerpost.record.pathology.anatomy.nodes import read_nodes
from fingerpost.record.pathology.anatomy.residual import read_residual
from fingerpost.record.pathology.anatomy.size import read_size
from fingerpost.record.pathology.anatomy.stage import read_stage
from fingerpost.record.pathology.anatomy.surgery import read_surgery
from fingerpost.record.pathology.receptors.read import read_receptors
from fingerpost.record.pathology.report_text import ReportText
from fingerpost.record.pathology.statement import Statement

Reader = Callable[[ReportText, Dictionaries], Iterable[Statement]]

READERS: tuple[Reader, ...] = (
    read_receptors,
    read_histology,
    read_grade,
    read_size,
    read_nodes,
    read_stage,
    read_margins,
    read_residual,
    read_surgery,
    read_genes,
    read_assays,
    read_history,
)
