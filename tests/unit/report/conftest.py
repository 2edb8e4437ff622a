from __future__ import annotations

import pytest

from fingerpost.knowledge.load import load_knowledge
from fingerpost.knowledge.model import Knowledge
from tests.doors.conftest import SMALL


@pytest.fixture(scope="session")
def small() -> Knowledge:
    return load_knowledge(SMALL)
