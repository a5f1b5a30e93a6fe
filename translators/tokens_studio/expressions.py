"""Arithmetic in token values, by the grammar of the npm package expr-eval: a safe evaluator, nothing is executed.

Numbers, ``+ - * / % ^``, comparisons, ``and or not``, ``c ? a : b``, ``!`` (factorial), parentheses, and
functions. It is no Python and no JavaScript: ``^`` is a power, prefix functions need no parentheses. What
expr-eval has beyond numbers (texts, lists, assignments, own functions) is no arithmetic here.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence

from ..style_dictionary.color.powers import power
from ..style_dictionary.ecmascript.numbers import number_text, parse_float, rounded

Value = float | bool

_TOKEN = re.compile(
    r"[ \t\n\r]+|(0x[0-9a-fA-F]+|0b[01]+|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    r"|(>=|<=|==|!=|[-+*/%^?:<>!∙•])|([(),])|([A-Za-z_][A-Za-z0-9_]*)"
)
_PLAIN = r"[0-9]+(?:\.[0-9]+)?"
_OF_TWO = re.compile(rf"(-?{_PLAIN}) ?([-+*/]) ?({_PLAIN})").fullmatch
_DEEPEST = 64
_CONSTANTS: dict[str, Value] = {"E": math.e, "PI": math.pi, "true": True, "false": False}


class NotArithmeticError(ValueError):
    """Text that is no arithmetic, or whose result is no finite number."""


def evaluated(text: str) -> float:
    """The number *text* stands for.

    Raises:
        NotArithmeticError: It is something else, e.g. a name, or the result is a truth value or not finite.
    """
    try:
        if found := _OF_TWO(text):  # what most of them are
            value = _of_two(float(found[1]), found[2], float(found[3]))
        else:
            value = _Parser(_tokens(text)).run()
    except (ArithmeticError, ValueError, TypeError, IndexError) as error:
        raise NotArithmeticError(str(error)) from error
    if isinstance(value, bool) or not math.isfinite(value):
        raise NotArithmeticError("no number")
    return value + 0.0 if value else 0.0


def _of_two(one: float, operator: str, other: float) -> Value:
    if operator == "+":
        return one + other
    return one - other if operator == "-" else _PRODUCTS[operator](one, other)


def _tokens(text: str) -> list[str]:
    tokens, at = [], 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise NotArithmeticError(f"unexpected {text[at]}")
        at = found.end()
        if not found[0].isspace():
            tokens.append("*" if found[0] in "∙•" else found[0])
    return [*tokens, ""]


class _Parser:
    """Evaluates while it parses, by precedence; *tokens* end with an empty one."""

    def __init__(self, tokens: Sequence[str]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0

    def run(self) -> Value:
        value = self.conditional()
        if self.next:
            raise NotArithmeticError(f"unexpected {self.next}")
        return value

    @property
    def next(self) -> str:
        return self.tokens[self.at]

    def take(self, *wanted: str) -> str:
        """The next token if it is one of *wanted*, else nothing."""
        token = self.tokens[self.at]
        if token and token in wanted:
            self.at += 1
            return token
        return ""

    def expect(self, token: str) -> None:
        if not self.take(token):
            raise NotArithmeticError(f"expected {token}")

    def conditional(self) -> Value:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise NotArithmeticError("nested too deep")
        value = self.either()
        while self.take("?"):
            yes = self.conditional()
            self.expect(":")
            no = self.conditional()
            value = yes if value else no
        self.depth -= 1
        return value

    def either(self) -> Value:
        value = self.both()
        while self.take("or"):
            other = self.both()
            value = bool(value) or bool(other)
        return value

    def both(self) -> Value:
        value = self.comparison()
        while self.take("and"):
            other = self.comparison()
            value = bool(value) and bool(other)
        return value

    def comparison(self) -> Value:
        value = self.sum()
        while operator := self.take("==", "!=", "<", "<=", ">=", ">"):
            value = _COMPARISONS[operator](value, self.sum())
        return value

    def sum(self) -> Value:
        value = self.product()
        while operator := self.take("+", "-"):
            other = self.product()
            value = value + other if operator == "+" else value - other
        return value

    def product(self) -> Value:
        value = self.factor()
        while operator := self.take("*", "/", "%"):
            other = self.factor()
            value = _PRODUCTS[operator](value, other)
        return value

    def factor(self) -> Value:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise NotArithmeticError("nested too deep")
        try:
            if operator := self.take("-", "+"):
                value = self.factor()
                return -value if operator == "-" else +value
            if self.next in _PREFIXES and self.tokens[self.at + 1] not in ("(", "", ",", ")"):
                function = _PREFIXES[self.take(self.next)]
                return function(self.factor())
            return self.exponential()
        finally:
            self.depth -= 1

    def exponential(self) -> Value:
        value = self.postfix()
        while self.take("^"):
            value = _power(value, self.factor())
        return value

    def postfix(self) -> Value:
        value = self.call()
        while self.take("!"):
            value = _factorial(value)
        return value

    def call(self) -> Value:
        name = self.next
        if name in _PREFIXES and self.tokens[self.at + 1] == "(":
            self.at += 1
            return _PREFIXES[name](self.group())
        if name in _FUNCTIONS and self.tokens[self.at + 1] == "(":
            self.at += 2
            arguments: list[Value] = []
            while not self.take(")"):
                if arguments:
                    self.expect(",")
                arguments.append(self.conditional())
            return _FUNCTIONS[name](*arguments)
        return self.atom()

    def group(self) -> Value:
        self.expect("(")
        value = self.conditional()
        self.expect(")")
        return value

    def atom(self) -> Value:
        if self.next == "(":
            return self.group()
        token = self.next
        self.at += 1
        if token[:1].isdigit() or token[:1] == ".":
            return _number(token)
        if token in _CONSTANTS:
            return _CONSTANTS[token]
        raise NotArithmeticError(f"unknown name {token}")


def _number(token: str) -> float:
    if token[:2] in ("0x", "0b"):
        return float(int(token, 0))
    return parse_float(token)


def _power(base: float, exponent: float) -> float:
    return power(base, exponent) if 0 < exponent < 300 and base > 0 else float(base) ** exponent


def _factorial(value: float) -> float:
    if value < 0 or value > 170:
        raise NotArithmeticError("no factorial")
    return math.gamma(value + 1) if value != int(value) else float(math.factorial(int(value)))


def _round_to(value: float, places: float = 0) -> float:
    if places == 0:
        return rounded(value)
    if places != int(places):
        raise NotArithmeticError("places are a whole number")
    return _shifted(rounded(_shifted(value, int(places))), -int(places))


def _shifted(value: float, places: int) -> float:
    """*value* with its point moved in its decimal digits, not in binary."""
    mantissa, _, exponent = number_text(value).partition("e")
    return float(f"{mantissa}e{int(exponent or 0) + places}")


def _length(value: float) -> float:
    return len(number_text(value))


def _sign(value: float) -> float:
    return math.copysign(1, value) if value else 0


_COMPARISONS: dict[str, Callable[[Value, Value], bool]] = {
    "==": lambda one, other: one == other and isinstance(one, bool) == isinstance(other, bool),
    "!=": lambda one, other: one != other or isinstance(one, bool) != isinstance(other, bool),
    "<": lambda one, other: one < other,
    "<=": lambda one, other: one <= other,
    ">=": lambda one, other: one >= other,
    ">": lambda one, other: one > other,
}
_PRODUCTS: dict[str, Callable[[Value, Value], float]] = {
    "*": lambda one, other: one * other,
    "/": lambda one, other: one / other,
    "%": lambda one, other: math.fmod(one, other),
}
_PREFIXES: dict[str, Callable[[Value], Value]] = {
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "asin": math.asin,
    "acos": math.acos,
    "atan": math.atan,
    "sinh": math.sinh,
    "cosh": math.cosh,
    "tanh": math.tanh,
    "asinh": math.asinh,
    "acosh": math.acosh,
    "atanh": math.atanh,
    "sqrt": math.sqrt,
    "cbrt": math.cbrt,
    "log": math.log,
    "ln": math.log,
    "log2": math.log2,
    "lg": math.log10,
    "log10": math.log10,
    "log1p": math.log1p,
    "exp": math.exp,
    "expm1": math.expm1,
    "abs": abs,
    "ceil": math.ceil,
    "floor": math.floor,
    "round": rounded,
    "trunc": math.trunc,
    "sign": _sign,
    "not": lambda value: not value,
    "length": _length,
}
_FUNCTIONS: dict[str, Callable[..., Value]] = {
    "min": lambda *values: min(values),
    "max": lambda *values: max(values),
    "hypot": math.hypot,
    "pyt": math.hypot,
    "pow": _power,
    "atan2": math.atan2,
    "if": lambda condition, yes, no: yes if condition else no,
    "fac": _factorial,
    "gamma": lambda value: _factorial(value - 1),
    "roundTo": _round_to,
}
