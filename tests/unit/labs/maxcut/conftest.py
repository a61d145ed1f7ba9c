"""A visitor of the Max-cut Lab for each test."""

import pytest
from visitors.maxcut import MaxcutVisitor


@pytest.fixture
def visitor(watch):
    visitor = MaxcutVisitor(watch)
    yield visitor
    visitor.lab.close()
