"""
Is a regular expression linear: does it take time in proportion to the text, whatever the text?

`re` goes back and tries again.  It takes more than linear time where two of its repetitions can share the
same stretch of text, so that the stretch can be cut between them at any place ("a*a*b"), or where one
repetition can read it in two ways ("(a|a)*b").  A search begins anew at every character, which is one more
repetition ("a*b" takes quadratic time for "aaaa…").  Those pairs are looked for in the automaton of the
pattern, over all texts at once.

What is over-estimated: a bounded repetition counts as an endless one whose length multiplies the cost; groups
that are atomic, and assertions longer than a character, are not believed to prevent anything; a back-reference may be
any text.  So a pattern may be refused that is linear, and none is passed that is not.

Source: Weideman et al., "Analyzing Matching Time Behavior of Backtracking Regular Expression Matchers by
Using Ambiguity of NFA", CIAA 2016; the parse tree is that of `re` itself.
"""

from __future__ import annotations

import re
from collections import deque
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any, Final

from attrs import field, frozen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

__all__ = ["MOST_STEPS", "Attack", "find_attack"]

# How many steps a character may cost where repetitions are bounded: "[a-z]{1,64}@" may try 64 times.
MOST_STEPS: Final = 512
# How many steps one attempt may cost that cannot begin anywhere.
_MOST_OF_AN_ATTEMPT: Final = 100_000
_ENDLESS: Final = 10**9
# Repetitions of no more than this are written out, and so are no repetitions.
_WRITTEN_OUT: Final = 3
# A pattern of more paths is refused unproven.
_MOST_PATHS: Final = 4_000
_EDGE: Final = -1  # what stands before the first character, and behind the last
_IGNORECASE, _MULTILINE, _DOTALL, _ASCII = map(int, (re.IGNORECASE, re.MULTILINE, re.DOTALL, re.ASCII))
_WORD: Final = (None, [(re._parser.CATEGORY, re._parser.CATEGORY_WORD)])  # type: ignore[attr-defined]
_LINE_END: Final = (None, [(re._parser.LITERAL, 10)])  # type: ignore[attr-defined]
_READING: Final = frozenset({"LITERAL", "NOT_LITERAL", "IN", "ANY"})
_SAMPLES: Final = "éßçñÀŸàӁжЖΣσκ漢字かなカナ한글٣५\u00a0\u3000\u2028\u0085\u200b\u0130\u0131ſ\u212a€…。，“”«»·\U0001f600\ue000\ud800"


@frozen
class Attack:
    """
    A family of texts that a pattern takes more than linear time for: `pump` repeated behind `prefix`, and an end that does not match.

    Attributes:
        prefix: What leads to the repetition.
        pump: What is repeated.
        why: One sentence.
    """

    prefix: str
    pump: str
    why: str

    def text(self, times: int) -> str:
        """Give the text with so many repetitions, and an end that hardly any pattern matches."""
        return self.prefix + self.pump * times + "\x00\n\x00"


def find_attack(pattern: str | bytes, flags: int = 0) -> Attack | None:
    """
    Look for texts that a pattern takes more than linear time for, however it is used (search, match, findall, sub …).

    Args:
        pattern: The regular expression.
        flags: Those that it is compiled with.

    Returns:
        Such a family of texts; None where the pattern is linear.

    Raises:
        re.error: The pattern is no regular expression.
    """
    machine = _build(pattern, flags)
    return _two_ways(machine) or _too_long(machine)


# -- the automaton -----------------------------------------------------------------------------


@frozen
class _Guard:
    """
    What must stand before and behind a place in the text for a path to lead through it.

    Attributes:
        before: The classes of characters that may stand before it, `_EDGE` where it may be the beginning; None for any.
        after: Those that may stand behind it.
        keeps: It is that of a possessive repetition, which goes on where it does not hold.
    """

    before: frozenset[int] | None = None
    after: frozenset[int] | None = None
    keeps: bool = False

    def allows(self, before: int, after: int) -> bool:
        """Tell whether a path leads between two characters."""
        return (self.before is None or before in self.before) and (self.after is None or after in self.after)


@frozen(eq=False)
class _Place:
    """
    One piece of a pattern that reads a character.

    Attributes:
        number: Its index.
        reads: The classes of characters that it reads.
        bound: How often it can be repeated in a row; 1 where it is not.
    """

    number: int
    reads: frozenset[int]
    bound: int


_Path = tuple[int, tuple[_Guard, ...]]
"""Where a path leads: the number of a place, and what must hold on the way."""


@frozen(eq=False)
class _Machine:
    """
    The places of a pattern, and how they follow each other; place 0 is the beginning of a search, which reads anything.

    Attributes:
        letters: One character for each class.
        places: All places.
        follow: By place, the paths to the next ones; two paths to one place are two ways.
        ends: By place, whether the pattern can end behind it, whatever follows.
        counts_nothing: Whether a repetition must come several times and may be empty: any of them may.
    """

    letters: str
    places: tuple[_Place, ...]
    follow: tuple[tuple[_Path, ...], ...]
    ends: tuple[bool, ...]
    counts_nothing: bool
    _steps: dict[tuple[int, int, int], tuple[int, ...]] = field(factory=dict, init=False)
    ahead: tuple[frozenset[int], ...] = field(init=False)
    back: tuple[frozenset[int], ...] = field(init=False)

    @ahead.default
    def _ahead(self) -> tuple[frozenset[int], ...]:
        """By place, those that can be reached from it."""
        return _reachable([{to for to, _ in paths} for paths in self.follow])

    @back.default
    def _back(self) -> tuple[frozenset[int], ...]:
        """By place, those that it can be reached from."""
        found: list[set[int]] = [set() for _ in self.places]
        for number, ahead in enumerate(self.ahead):
            for to in ahead:
                found[to].add(number)
        return tuple(map(frozenset, found))

    def letters_of(self, places: frozenset[int], *groups: frozenset[int]) -> list[int]:
        """Give the classes of characters that all groups read, of those that `places` do not tell apart one."""
        readable = [frozenset().union(*(self.places[number].reads for number in group)) for group in groups or (places,)]
        guards = {guard for number in places for to, guards in self.follow[number] if to in places for guard in guards}
        alike: dict[tuple[bool, ...], int] = {}
        for letter in sorted(frozenset.intersection(*readable)):
            read = tuple(letter in self.places[number].reads for number in places)
            held = tuple(letter in side for guard in guards for side in (guard.before, guard.after) if side is not None)
            alike.setdefault(read + held, letter)
        return [*alike.values()]

    def steps(self, place: int, before: int, letter: int) -> tuple[int, ...]:
        """Give the places that read a character next, one for each way there."""
        key = (place, before, letter)
        found = self._steps.get(key)
        if found is None:
            found = tuple(
                number for number, guards in self.follow[place] if letter in self.places[number].reads and all(guard.allows(before, letter) for guard in guards)
            )
            self._steps[key] = found
        return found


def _reachable(follow: list[set[int]]) -> tuple[frozenset[int], ...]:
    """Give, by place, all places behind it."""
    found = []
    for start in follow:
        seen: set[int] = set()
        waiting = [*start]
        while waiting:
            number = waiting.pop()
            if number not in seen:
                seen.add(number)
                waiting += follow[number] - seen
        found.append(frozenset(seen))
    return tuple(found)


class _Fragment:
    """A piece of a pattern: how it can be entered, left and passed by; lists of guards stand for paths."""

    __slots__ = ("first", "last", "passes")

    def __init__(self, first: list[_Path], last: list[_Path], passes: list[tuple[_Guard, ...]]) -> None:
        self.first = first
        self.last = last
        self.passes = passes


class _Builder:
    """Builds the automaton of one parse tree."""

    def __init__(self, letters: str, member: Callable[[Any, int, int], bool], flags: int) -> None:
        self.letters = letters
        self.member = member
        self.places: list[_Place] = []
        self.follow: list[list[_Path]] = []
        self.loops: list[int] = []  # the repetitions that are open: how often at most
        self.widths: dict[int | None, int] = {}
        self.counts_nothing = False
        self.add_place(frozenset(range(len(letters))), _ENDLESS)
        self.flags = flags

    def add_place(self, reads: frozenset[int], bound: int | None = None) -> int:
        """Add a place, with the repetitions that are open."""
        if bound is None:
            bound = min(_ENDLESS, prod(self.loops))
        self.places.append(_Place(len(self.places), reads, bound))
        self.follow.append([])
        return len(self.places) - 1

    def join(self, last: list[_Path], first: list[_Path], between: Iterable[tuple[_Guard, ...]] = ((),)) -> None:
        """Let places follow others, by each path between."""
        for number, leaving in last:
            for entered, entering in first:
                for guards in between:
                    self.follow[number].append((entered, (*leaving, *guards, *entering)))
            if len(self.follow[number]) > _MOST_PATHS:
                raise re.error("is too large to be proven")

    # -- one method for each kind of node ------------------------------------------------------

    def sequence(self, nodes: Any) -> _Fragment:
        """Build what stands one behind the other."""
        whole = _Fragment([], [], [()])
        for node in nodes:
            part = self.node(node)
            self.join(whole.last, part.first)
            first = whole.first + [(number, (*guards, *entering)) for guards in whole.passes for number, entering in part.first]
            last = part.last + [(number, (*leaving, *guards)) for guards in part.passes for number, leaving in whole.last]
            whole = _Fragment(first, last, [(*one, *other) for one in whole.passes for other in part.passes])
            if len(whole.first) + len(whole.last) + len(whole.passes) > _MOST_PATHS:
                raise re.error("is too large to be proven")
        return whole

    def node(self, node: tuple[Any, Any]) -> _Fragment:
        """Build one node of the tree."""
        kind, value = str(node[0]), node[1]
        build = getattr(self, f"_{kind.lower()}", None)
        if build is None:
            return self._character(node)
        fragment: _Fragment = build(value)
        return fragment

    def _character(self, node: tuple[Any, Any]) -> _Fragment:
        number = self.add_place(self.reads(node))
        return _Fragment([(number, ())], [(number, ())], [])

    def reads(self, node: tuple[Any, Any]) -> frozenset[int]:
        """Give the classes of characters that a node reads."""
        return frozenset(letter for letter in range(len(self.letters)) if self.member(node, letter, self.flags))

    def _subpattern(self, value: Any) -> _Fragment:
        group, added, removed, nodes = value
        self.widths[group] = min(nodes.getwidth()[1], _ENDLESS)
        before, self.flags = self.flags, (self.flags | added) & ~removed
        fragment = self.sequence(nodes)
        self.flags = before
        return fragment

    def _atomic_group(self, nodes: Any) -> _Fragment:
        only = list(nodes)
        if len(only) == 1 and str(only[0][0]) == "MAX_REPEAT":  # (?>a*) is a*+
            return self._possessive_repeat(only[0][1])
        return self.sequence(only)

    def _branch(self, value: Any) -> _Fragment:
        whole = _Fragment([], [], [])
        for nodes in value[1]:
            part = self.sequence(nodes)
            whole.first += part.first
            whole.last += part.last
            whole.passes += part.passes
        return whole

    def _max_repeat(self, value: Any) -> _Fragment:
        least, most, nodes = value
        most = min(int(most), _ENDLESS)
        if most <= _WRITTEN_OUT:
            return self._written_out(least, most, nodes)
        self.loops.append(most)
        part = self.sequence(nodes)
        self.loops.pop()
        self.counts_nothing |= least > 1 and bool(part.passes) and bool(part.first)
        self.join(part.last, part.first)
        return _Fragment(part.first, part.last, part.passes if least and () not in part.passes else [()])

    _min_repeat = _max_repeat

    def _written_out(self, least: int, most: int, nodes: Any) -> _Fragment:
        copies = _Fragment([], [], [()])
        for index in range(most, 0, -1):  # a{1,3} is a(a(a)?)?
            part = self.sequence(nodes)
            self.join(part.last, copies.first)
            first = part.first + [(number, (*guards, *entering)) for guards in part.passes for number, entering in copies.first]
            last = copies.last + [(number, (*leaving, *guards)) for guards in copies.passes for number, leaving in part.last]
            passes = [(*one, *other) for one in part.passes for other in copies.passes]
            copies = _Fragment(first, last, [(), *(path for path in passes if path)] if index > least else passes)
        return copies

    def _possessive_repeat(self, value: Any) -> _Fragment:
        """One class of characters, read to its end: the next character is of another class."""
        least, most, nodes = value
        fragment = self._max_repeat((least, most, nodes))
        only = list(nodes)
        if most == re._parser.MAXREPEAT and len(only) == 1 and str(only[0][0]) in _READING:  # type: ignore[attr-defined]
            own = self.reads(only[0])
            guard = _Guard(after=frozenset((_EDGE, *range(len(self.letters)))) - own, keeps=True)
            fragment.last = [(number, (*guards, guard)) for number, guards in fragment.last]
            fragment.passes = [(*guards, guard) for guards in fragment.passes]
        return fragment

    def _at(self, code: Any) -> _Fragment:
        return _Fragment([], [], [(guard,) for guard in self.anchor(str(code))])

    def anchor(self, code: str) -> list[_Guard]:
        """Say between which characters an anchor holds: one guard for each way."""
        everything = frozenset((_EDGE, *range(len(self.letters))))
        line_end = frozenset(letter for letter, sample in enumerate(self.letters) if sample == "\n")
        words = self.reads(_WORD)
        edge = frozenset({_EDGE})
        lines = bool(self.flags & _MULTILINE)
        return {
            "AT_BEGINNING": [_Guard(before=edge | line_end if lines else edge)],
            "AT_BEGINNING_STRING": [_Guard(before=edge)],
            "AT_END": [_Guard(after=edge | line_end)],
            "AT_END_STRING": [_Guard(after=edge)],
            "AT_BOUNDARY": [_Guard(words, everything - words), _Guard(everything - words, words)],
            "AT_NON_BOUNDARY": [_Guard(words, words), _Guard(everything - words, everything - words)],
        }[code]

    def _assert(self, value: Any) -> _Fragment:
        return self.look(value, wanted=True)

    def _assert_not(self, value: Any) -> _Fragment:
        return self.look(value, wanted=False)

    def look(self, value: Any, *, wanted: bool) -> _Fragment:
        """Build a look ahead or behind: a guard where one character decides; a look ahead is also a way that leads nowhere."""
        direction, nodes = value
        ends = self.one_character(nodes)
        passes: list[tuple[_Guard, ...]] = [()]
        if ends is not None and (wanted or ends[1]):
            inside = ends[0] if wanted else frozenset((_EDGE, *range(len(self.letters)))) - ends[0]
            passes = [(_Guard(after=inside) if direction > 0 else _Guard(before=inside),)]
        if direction < 0 or (ends is not None and ends[1]):
            return _Fragment([], [], passes)
        return _Fragment(self.sequence(nodes).first, [], passes)

    def one_character(self, nodes: Any) -> tuple[frozenset[int], bool] | None:
        """
        Give the characters that an assertion can begin with (ahead) or end with (behind), and whether that is all that it asks.

        None where it may hold without any.
        """
        nodes = list(nodes)
        if len(nodes) == 1:
            kind, value = str(nodes[0][0]), nodes[0][1]
            if kind in _READING:
                return self.reads(nodes[0]), True
            if kind == "SUBPATTERN":
                return self.one_character(value[3])
            if kind == "BRANCH":
                parts = [self.one_character(branch) for branch in value[1]]
                known = [part for part in parts if part is not None]
                if len(known) == len(parts):
                    return frozenset().union(*(part[0] for part in known)), all(part[1] for part in known)
            if kind == "AT" and str(value) in {"AT_END", "AT_END_STRING", "AT_BEGINNING", "AT_BEGINNING_STRING"}:
                (guard,) = self.anchor(str(value))
                return (guard.before or guard.after or frozenset()), str(value).endswith("STRING") or bool(self.flags & _MULTILINE)
        return None

    def _groupref(self, group: int) -> _Fragment:
        """Any text, as long as the group's may be."""
        self.loops.append(self.widths[group])
        number = self.add_place(frozenset(range(len(self.letters))))
        self.loops.pop()
        self.join([(number, ())], [(number, ())])
        return _Fragment([(number, ())], [(number, ())], [()])

    def _groupref_exists(self, value: Any) -> _Fragment:
        _, yes, no = value
        return self._branch((None, [yes, no or []]))

    def _failure(self, _: Any) -> _Fragment:
        return _Fragment([], [], [])


def _build(pattern: str | bytes, flags: int) -> _Machine:
    tree = re._parser.parse(pattern, flags)  # type: ignore[attr-defined]
    flags = int(tree.state.flags) | (_ASCII if isinstance(pattern, bytes) else 0)
    letters, member = _letters(tree, flags, octets=isinstance(pattern, bytes))
    builder = _Builder(letters, member, flags)
    whole = builder.sequence(tree)
    builder.join([(0, ())], [(0, ()), *whole.first])
    ends = {number for number, guards in whole.last if all(guard.keeps for guard in guards)}
    return _Machine(
        letters,
        tuple(builder.places),
        tuple(map(tuple, builder.follow)),
        tuple(number in ends for number in range(len(builder.places))),
        builder.counts_nothing,
    )


# -- characters --------------------------------------------------------------------------------


def _letters(tree: Any, flags: int, *, octets: bool) -> tuple[str, Callable[[Any, int, int], bool]]:
    """Part all characters into classes that no node tells apart, and give one of each, with a function that tells which node reads which."""
    nodes = list(_reading_nodes(tree))
    samples = {chr(code) for code in range(256 if octets else 128)} | (set() if octets else set(_SAMPLES))
    for node in nodes:
        samples |= {chr(code) for code in _mentioned(node) if 0 <= code <= (0xFF if octets else 0x10FFFF)}
    samples |= {other for sample in samples for other in (sample.lower(), sample.upper()) if len(other) == 1 and (not octets or other < "\u0100")}
    spellings = (flags, flags ^ _IGNORECASE, flags ^ _DOTALL) if _has_flags(tree) else (flags,)
    kinds: dict[tuple[bool, ...], str] = {}
    asked = [*nodes, _WORD, _LINE_END]
    for sample in sorted(samples, key=lambda letter: (not letter.isalnum(), letter)):
        kinds.setdefault(tuple(_reads(node, sample, spelling) for node in asked for spelling in spellings), sample)
    letters = "".join(kinds.values())
    return letters, lambda node, letter, now: _reads(node, letters[letter], now)


def _all_nodes(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Give a tree's nodes, those within nodes too."""
    for kind, value in tree:
        yield kind, value
        for branch in _branches(str(kind), value):
            yield from _all_nodes(branch)


def _branches(kind: str, value: Any) -> list[Any]:
    """Give the trees within a node."""
    if kind == "BRANCH":
        return list(value[1])
    if kind == "GROUPREF_EXISTS":
        return [branch for branch in value[1:] if branch]
    if kind == "ATOMIC_GROUP":
        return [value]
    return [value[-1]] if kind in {"SUBPATTERN", "ASSERT", "ASSERT_NOT"} or kind.endswith("REPEAT") else []


def _reading_nodes(tree: Any) -> Iterator[tuple[Any, Any]]:
    return ((kind, value) for kind, value in _all_nodes(tree) if str(kind) in _READING)


def _has_flags(tree: Any) -> bool:
    """Tell whether a part of a pattern has flags of its own."""
    return any(str(kind) == "SUBPATTERN" and (value[1] or value[2] or _has_flags(value[3])) for kind, value in _all_nodes(tree))


def _mentioned(node: tuple[Any, Any]) -> Iterator[int]:
    """Give the characters that a node names, and their neighbours."""
    kind, value = str(node[0]), node[1]
    if kind in {"LITERAL", "NOT_LITERAL"}:
        yield value
    elif kind == "IN":
        for item, what in value:
            if str(item) == "LITERAL":
                yield what
            elif str(item) == "RANGE":
                yield from (what[0] - 1, what[0], what[1], what[1] + 1)


def _reads(node: tuple[Any, Any], letter: str, flags: int) -> bool:
    kind, value = str(node[0]), node[1]
    forms = {letter}
    if flags & _IGNORECASE:
        forms |= {form for form in (letter.lower(), letter.upper(), letter.casefold()) if len(form) == 1}
        forms |= {"i": {"\u0130", "\u0131"}, "s": {"ſ"}, "k": {"\u212a"}}.get(letter.lower(), set()) if not flags & _ASCII else set()
    codes = {ord(form) for form in forms}
    if kind == "ANY":
        return letter != "\n" or bool(flags & _DOTALL)
    if kind == "LITERAL":
        return value in codes
    if kind == "NOT_LITERAL":
        return value not in codes
    negated = bool(value) and str(value[0][0]) == "NEGATE"
    return any(_holds(item, what, codes, letter, flags) for item, what in value[negated:]) != negated


def _holds(item: Any, what: Any, codes: set[int], letter: str, flags: int) -> bool:
    kind = str(item)
    if kind == "LITERAL":
        return what in codes
    if kind == "RANGE":
        return any(what[0] <= code <= what[1] for code in codes)
    name = str(what).removeprefix("CATEGORY_").removeprefix("UNI_")
    plain = name.removeprefix("NOT_")
    if flags & _ASCII and not letter.isascii():
        holds = False
    else:
        holds = {
            "DIGIT": letter.isdecimal(),
            "SPACE": letter.isspace() and (not flags & _ASCII or letter in " \t\n\r\f\v"),
            "WORD": letter.isalnum() or letter == "_",
        }[plain]
    return holds != (plain != name)


# -- the proof ---------------------------------------------------------------------------------


def _two_ways(machine: _Machine) -> Attack | None:
    """Find a repetition that reads some text in two ways: each character doubles the cost."""
    if machine.counts_nothing:
        return Attack("", "".join(machine.letters[:1]), "a repetition with a least number can be empty: any of its rounds may be")
    for place in machine.places[1:]:
        if place.bound > 1 and (word := _ambiguous_cycle(machine, place.number)):
            return Attack(_prefix(machine, place.number), word, f"a repetition can read {word!r} in more than one way: exponential time")
    return None


def _ambiguous_cycle(machine: _Machine, start: int) -> str:
    """Give a word that leads from a place back to it by two different ways; "" where there is none."""
    around = _around(machine, start)
    letters = machine.letters_of(around)
    for before in machine.places[start].reads.intersection(letters):
        origin = (start, start, before, False)
        paths: dict[tuple[int, int, int, bool], tuple[tuple[int, int, int, bool], int] | None] = {origin: None}
        queue = deque([origin])
        while queue:
            state = queue.popleft()
            one, other, last, parted = state
            for letter in letters:
                ones, others = machine.steps(one, last, letter), machine.steps(other, last, letter)
                for i, next_one in enumerate(ones):
                    if next_one not in around:
                        continue
                    for j, next_other in enumerate(others):
                        if next_other not in around:
                            continue
                        apart = parted or next_one != next_other or (one == other and i != j)
                        if apart and next_one == next_other == start and letter == before:
                            return _word(machine, paths, state) + machine.letters[letter]
                        following = (next_one, next_other, letter, apart)
                        if following not in paths:
                            paths[following] = (state, letter)
                            queue.append(following)
    return ""


def _around(machine: _Machine, start: int) -> frozenset[int]:
    """Give the places on the cycles through a place."""
    return machine.ahead[start] & machine.back[start]


def _too_long(machine: _Machine) -> Attack | None:
    """Find repetitions that share a stretch of text, and multiply how far each can go."""
    loops = [place for place in machine.places if place.bound > 1]
    shared: dict[int, list[tuple[int, str]]] = {}
    for one in loops:
        for other in loops:
            if one is not other and other.number and other.number in machine.ahead[one.number] and (word := _shared_word(machine, one, other)):
                shared.setdefault(one.number, []).append((other.number, word))
    for one in loops:
        rest, way = _dearest(machine, shared, one.number, frozenset())
        # One endless repetition is the length of the text itself; without any, what one attempt costs is spread over the text that it reads.
        cost = rest * one.bound // (_ENDLESS if max(rest, one.bound) >= _ENDLESS else _MOST_OF_AN_ATTEMPT // MOST_STEPS)
        if cost > MOST_STEPS:
            word = way[0][1]
            many = "endlessly many" if cost >= _ENDLESS else f"{cost:,}"
            return Attack(_prefix(machine, way[0][0]), word, f"each character can be read {many} times by repetitions that share {word!r}")
    return None


def _dearest(machine: _Machine, shared: dict[int, list[tuple[int, str]]], start: int, seen: frozenset[int]) -> tuple[int, list[tuple[int, str]]]:
    """Give the chain of repetitions behind one that costs most, and its cost."""
    best: tuple[int, list[tuple[int, str]]] = (1, [])
    for number, word in shared.get(start, ()):
        if number not in seen and best[0] < _ENDLESS**2:
            cost, way = _dearest(machine, shared, number, seen | {start})
            bound = machine.places[number].bound
            cost = min(_ENDLESS**2, cost * (bound if bound == _ENDLESS else max(1, bound // len(word))))
            if cost > best[0]:
                best = (cost, [(number, word), *way])
    return best


_Triple = tuple[int, int, int, int]
"""Where three readers of one text stand, and the class of the character that they read last."""


def _shared_word(machine: _Machine, one: _Place, other: _Place) -> str:
    """Give a word that leads from one repetition back to it, from it to the other, and from the other back to that."""
    around_one, around_other = _around(machine, one.number), _around(machine, other.number)
    if other.number in around_one:  # one repetition around both: that is the case of two ways
        return ""
    on_the_way = around_one | (machine.ahead[one.number] & machine.back[other.number]) | around_other
    if one.number == 0:
        # A search that can end anywhere in the repetition ends there, and never begins again within it.
        around_other = frozenset(number for number in around_other if not machine.ends[number])
    common = machine.letters_of(on_the_way, around_one, around_other)
    for before in (one.reads & other.reads).intersection(common):
        origin = (one.number, one.number, other.number, before)
        goal = (one.number, other.number, other.number, before)
        paths: dict[_Triple, tuple[_Triple, int] | None] = {origin: None}
        queue = deque([origin])
        while queue:
            state = queue.popleft()
            for following in _together(machine, state, common, (around_one, on_the_way, around_other)):
                if following == goal:
                    return _word(machine, paths, state) + machine.letters[before]
                if following not in paths:
                    paths[following] = (state, following[-1])
                    queue.append(following)
    return ""


def _together(machine: _Machine, state: _Triple, letters: list[int], within: tuple[frozenset[int], ...]) -> Iterator[_Triple]:
    """Let three readers of one text each take a step, none of them out of the places given to it."""
    *places, before = state
    for letter in letters:
        steps = [allowed.intersection(machine.steps(place, before, letter)) for place, allowed in zip(places, within, strict=True)]
        for first, between, last in product(*steps):
            yield first, between, last, letter


def _word(machine: _Machine, paths: Any, state: Any) -> str:
    letters: list[str] = []
    while (step := paths[state]) is not None:
        state, letter = step
        letters.append(machine.letters[letter])
    return "".join(reversed(letters))


def _prefix(machine: _Machine, goal: int) -> str:
    """Give a text that leads from the beginning to a place."""
    origin = (0, _EDGE)
    paths: dict[tuple[int, int], tuple[tuple[int, int], int] | None] = {origin: None}
    queue = deque([origin])
    while queue:
        state = queue.popleft()
        if state[0] == goal:
            return _word(machine, paths, state)
        for letter in range(len(machine.letters)):
            for number in machine.steps(state[0], state[1], letter):
                if (number, letter) not in paths:
                    paths[number, letter] = (state, letter)
                    queue.append((number, letter))
    return ""
