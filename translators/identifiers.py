"""Token names as identifiers of programming languages: letters and digits, no keyword, no two alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from dss_tokens.diagnostics import Diagnostic
from dss_tokens.naming import collisions
from dss_tokens.resolve.answers import ResolvedToken

_JAVASCRIPT = """break case catch class const continue debugger default delete do else enum export extends false finally
for function if implements import in instanceof interface let new null package private protected public return static
super switch this throw true try typeof var void while with yield await async arguments eval undefined NaN"""
_SWIFT = """as associatedtype break case catch class continue default defer deinit do else enum extension fallthrough
false fileprivate for func guard if import in init inout internal is let nil open operator precedencegroup private
protocol public repeat rethrows return self Self static struct subscript super switch throw throws true try typealias
var where while Any Type"""
_KOTLIN = """as break class continue do else false for fun if in interface is null object package return super this
throw true try typealias typeof val var when while"""
_DART = """abstract as assert async await base break case catch class const continue covariant default deferred do
dynamic else enum export extends extension external factory false final finally for Function get hide if implements
import in interface is late library mixin new null of on operator part required rethrow return sealed set show static
super switch sync this throw true try type typedef var void when while with yield"""
_PYTHON = """False None True and as assert async await break class continue def del elif else except finally for from
global if import in is lambda nonlocal not or pass raise return try while with yield match case type self"""

RESERVED: dict[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in (
        ("javascript", _JAVASCRIPT),
        ("swift", _SWIFT),
        ("kotlin", _KOTLIN),
        ("dart", _DART),
        ("python", _PYTHON),
    )
}
"""Words that a language does not take as a name."""

_ASCII = frozenset({"dart"})
"""Languages whose identifiers are ASCII alone."""


@cache
def cased(name: str, case: str) -> str:
    """A kebab name as an identifier in another case: ``camel``, ``pascal``, ``snake`` or ``constant``.

    Characters that no identifier holds (emoji, for one) become their code points; a leading digit gets ``_``.
    """
    words = [_letters(word) for word in name.split("-") if word]
    if case in ("camel", "pascal"):
        text = "".join(word[:1].upper() + word[1:] for word in words)
        text = text[:1].lower() + text[1:] if case == "camel" else text
    else:
        text = "_".join(words)
        text = text.upper() if case == "constant" else text
    return text if text[:1].isidentifier() else f"_{text}"


def _letters(word: str) -> str:
    if word.isascii() and word.isalnum():
        return word
    return "".join(c if f"_{c}".isidentifier() else f"u{ord(c):x}" for c in word)


@cache
def ascii_kebab(name: str) -> str:
    """A kebab name for languages whose variables are ASCII alone; other characters become their code points."""
    if name.isascii():
        return name
    return "".join(c if c.isascii() else f"u{ord(c):x}" for c in name)


def class_name(name: str) -> str:
    """A kebab name that may begin where no digit may."""
    name = ascii_kebab(name)
    return f"_{name}" if name[:1].isdigit() else name


def identifiers(
    names: Mapping[str, str],
    tokens: Mapping[str, ResolvedToken],
    case: str,
    language: str,
    taken: Iterable[str] = (),
) -> tuple[dict[str, str], list[Diagnostic]]:
    """Path -> identifier for every token, and an error for each two that would be one.

    Args:
        names: Path -> kebab name.
        tokens: Those to name.
        case: See :func:`cased`.
        language: Whose keywords get a ``_`` behind them.
        taken: What else stands in the file under a name, which gets one, too.
    """
    reserved = RESERVED[language].union(taken)
    found = {}
    for path in tokens:
        name = cased(ascii_kebab(names[path]) if language in _ASCII else names[path], case)
        found[path] = f"{name}_" if name in reserved else name
    return found, collisions(found, lambda path: tokens[path].token)
