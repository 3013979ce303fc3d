"""A property that is computed once, when it is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["cached"]

T = TypeVar("T")


class cached(Generic[T]):  # noqa: N801 - a decorator, read as one
    """
    What `functools.cached_property` is, without the lock that Python 3.11 takes each time.

    The lock costs a microsecond a use, and a mail is read by one thread.
    """

    def __init__(self, function: Callable[[Any], T]) -> None:
        self._function = function
        self._name = function.__name__
        self.__doc__ = function.__doc__

    @overload
    def __get__(self, owner: None, kind: type) -> cached[T]: ...

    @overload
    def __get__(self, owner: object, kind: type) -> T: ...

    def __get__(self, owner: object | None, kind: type) -> cached[T] | T:
        """Compute the value, and put it where the next look-up finds it first."""
        if owner is None:
            return self
        value = self._function(owner)
        owner.__dict__[self._name] = value
        return value
