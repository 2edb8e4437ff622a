"""Reading a criterion: one line of text, or lines nested in `all`, `any`, `none`, `at_least`.

The parser builds nodes and refuses what has no meaning: an unknown name, a value the fact cannot
have, a number for a date, prose. It goes on after an error, so that one reading shows them all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fingerpost.criteria.conditions import ConditionReader
from fingerpost.criteria.nodes import (
    Agree,
    All,
    AnyOf,
    AtLeast,
    Constant,
    Named,
    Node,
    Not,
)
from fingerpost.criteria.problems import (
    CircularDefinitionError,
    CriterionError,
    CriterionProblem,
    Path,
)
from fingerpost.criteria.vocabulary import FLAG_VALUES, Vocabulary

_PLACEHOLDER = Constant(holds=False)
_NESTINGS = ("all", "any", "none", "not", "agree", "at_least")


@dataclass(slots=True)
class Parser:
    """Reads criteria against one vocabulary; each derived value is read once and then shared."""

    vocabulary: Vocabulary
    definitions: dict[tuple[str, str], Node] = field(default_factory=dict)
    _open: list[tuple[str, str]] = field(default_factory=list)

    def parse(self, tree: object) -> Node:
        """The meaning of a criterion as it stands in a file.

        Raises:
            CriterionError: with every problem found, each with its path and column.
        """
        problems: list[CriterionProblem] = []
        node = self._tree(tree, (), problems)
        if problems:
            raise CriterionError(problems)
        return node

    def define(self, fact: str, value: str) -> Node:
        """The condition that `fact is value` stands for.

        Raises:
            CriterionError: the definition, or one it rests on, cannot be read or rests on itself.
        """
        key = (fact, value)
        if key in self.definitions:
            return self.definitions[key]
        if key in self._open:
            chain = " -> ".join(
                f"{f} is {v}" for f, v in [*self._open[self._open.index(key) :], key]
            )
            what = f"{fact} is {value} rests on itself: {chain}"
            why = "a derived fact that needs itself has no meaning"
            raise CircularDefinitionError(
                [CriterionProblem((), None, what, why, "break the circle in one of them")]
            )
        self._open.append(key)
        try:
            node = self._definition(fact, value)
        finally:
            self._open.pop()
        self.definitions[key] = node
        return node

    def _definition(self, fact: str, value: str) -> Node:
        conditions = self.vocabulary.derived[fact]
        if value in conditions:
            return Named(fact, value, self.parse(conditions[value]))
        # A flag states what makes it true; false is the opposite, never a second rule that may drift.
        if value == "no" and self.vocabulary.facts[fact].values == FLAG_VALUES:
            return Not(self.define(fact, "yes"))
        what = f"{fact} has no condition for {value}"
        raise CriterionError(
            [CriterionProblem((), None, what, "every value of a family needs one", "add it")]
        )

    def _tree(self, tree: object, path: Path, problems: list[CriterionProblem]) -> Node:
        match tree:
            case str():
                return self._line(tree, path, problems)
            case Mapping():
                return self._nesting(tree, path, problems)
            case _:
                shown = type(tree).__name__
                what = f"a criterion must be a line of text or a nesting, and this is {shown}"
                why = "only text and all / any / none / not / agree / at_least have a meaning here"
                problems.append(
                    CriterionProblem(
                        path, None, what, why, 'put quotation marks round it, as in "grade is 3"'
                    )
                )
                return _PLACEHOLDER

    def _line(self, text: str, path: Path, problems: list[CriterionProblem]) -> Node:
        try:
            return ConditionReader(text, self.vocabulary, self.define).read()
        except CircularDefinitionError:
            raise
        except CriterionError as error:
            problems.extend(
                CriterionProblem(path + p.path, p.column, p.what, p.why, p.try_this)
                for p in error.problems
            )
            return _PLACEHOLDER

    def _nesting(  # noqa: PLR0911 - one branch for each nesting
        self, tree: Mapping[object, object], path: Path, problems: list[CriterionProblem]
    ) -> Node:
        keys = set(tree)
        if keys == {"at_least", "of"}:
            return self._at_least(tree, path, problems)
        if len(keys) != 1 or not keys <= set(_NESTINGS) - {"at_least"}:
            what = f"a nesting with the keys {', '.join(sorted(map(str, keys))) or '(none)'} has no meaning"
            why = "a nesting has exactly one key, or at_least together with of"
            try_this = "use one of all, any, none, not, agree, or {at_least: 2, of: [...]}"
            problems.append(CriterionProblem(path, None, what, why, try_this))
            return _PLACEHOLDER
        key, content = next(iter(tree.items()))
        if key == "not":
            return Not(self._tree(content, (*path, "not"), problems))
        parts = self._parts(content, (*path, str(key)), problems)
        match key:
            case "all":
                return All(parts)
            case "any":
                return AnyOf(parts)
            case "agree":
                return Agree(parts)
            case _:
                return Not(AnyOf(parts))

    def _at_least(
        self, tree: Mapping[object, object], path: Path, problems: list[CriterionProblem]
    ) -> Node:
        parts = self._parts(tree["of"], (*path, "of"), problems)
        count = tree["at_least"]
        if (
            isinstance(count, bool)
            or not isinstance(count, int)
            or not 1 <= count <= max(len(parts), 1)
        ):
            what = f"at_least: {count} does not fit {len(parts)} conditions"
            why = "the number must be a whole number from 1 to how many conditions there are"
            problems.append(
                CriterionProblem((*path, "at_least"), None, what, why, "correct the number")
            )
            return _PLACEHOLDER
        return AtLeast(count, parts)

    def _parts(
        self, content: object, path: Path, problems: list[CriterionProblem]
    ) -> tuple[Node, ...]:
        if not isinstance(content, list) or not content:
            what = f"{path[-1]} needs a list of conditions"
            why = "an empty or single value under it has no clear meaning"
            problems.append(
                CriterionProblem(path, None, what, why, "write them as a YAML list, one per line")
            )
            return (_PLACEHOLDER,)
        return tuple(
            self._tree(part, (*path, index), problems) for index, part in enumerate(content)
        )


def parse(tree: object, vocabulary: Vocabulary) -> Node:
    """Read one criterion against a vocabulary (for many, keep one `Parser`)."""
    return Parser(vocabulary).parse(tree)
