"""``ios/*``: Objective-C."""

from __future__ import annotations

import re
from typing import Any

from ..dictionary import is_token
from ..ecmascript.numbers import number_text
from ..ecmascript.values import is_number, truthy
from ..file_header import file_header
from ..format import Output, formats
from ..rendering import color_shares, holds_mapping, value_text
from ..transform import Token

_FLOATS = re.compile(r"[0-9]*\.?[0-9]+(?=f)")


def _top(output: Output) -> str:
    return f"\n//\n// {output.destination}\n//\n{file_header(output, 'short')}\n"


def _literal(output: Output, token: Token) -> str:
    written = output.text(token)
    if not holds_mapping(output.value(token)):
        return written
    return '@"' + written.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _word(output: Output, option: str) -> str:
    return f"{output.option(option)} " if output.flag(option) else ""


@formats.register("ios/macros")
def macros(output: Output) -> str:
    """A header of ``#define``."""
    lines = "\n".join(f"#define {token['name']} {_literal(output, token)}" for token in output.dictionary.tokens)
    return f"{_top(output)}#import <Foundation/Foundation.h>\n#import <UIKit/UIKit.h>\n\n{lines}\n"


@formats.register("ios/static.h")
def static_h(output: Output) -> str:
    """The header of constants (options ``className``, ``type``)."""
    kind = _word(output, "type")
    lines = "\n".join(f"extern {kind}const {token['name']};" for token in output.dictionary.tokens)
    header = file_header(output, "short")
    return f"\n// {output.destination}\n//\n{header}\n#import <Foundation/Foundation.h>\n\n\n{lines}"


@formats.register("ios/static.m")
def static_m(output: Output) -> str:
    """Constants (options ``className``, ``type``)."""
    kind = _word(output, "type")
    lines = "\n".join(f"{kind}const {token['name']} = {_literal(output, token)};" for token in output.dictionary.tokens)
    return f'{_top(output)}#import "{output.option("className")}.h"\n\n\n{lines}'


@formats.register("ios/colors.h")
def colors_h(output: Output) -> str:
    """The header of a class of colours and the enum of their names (options ``className``, ``type``)."""
    names = ",\n".join(token["name"] for token in output.dictionary.tokens)
    kind = output.option("type")
    return (
        f"{_top(output)}#import <UIKit/UIKit.h>\n\ntypedef NS_ENUM(NSInteger, {kind}) {{\n{names}\n}};\n\n"
        f"@interface {_word(output, 'className')}: NSObject\n+ (NSArray *)values;\n"
        f"+ (UIColor *)color:({kind})color;\n@end"
    )


@formats.register("ios/colors.m")
def colors_m(output: Output) -> str:
    """A class of colours (options ``className``, ``type``)."""
    values = ",\n".join(
        "" if output.value(token) is None else _literal(output, token) for token in output.dictionary.tokens
    )
    name = output.option("className")
    return (
        f'{_top(output)}#import "{name}.h"\n\n@implementation {name}\n\n'
        f"+ (UIColor *)color:({output.option('type')})colorEnum{{\n"
        "  return [[self values] objectAtIndex:colorEnum];\n}\n\n"
        "+ (NSArray *)values {\n  static NSArray* colorArray;\n  static dispatch_once_t onceToken;\n\n"
        f"  dispatch_once(&onceToken, ^{{\n    colorArray = @[\n{values}\n    ];\n  }});\n\n"
        "  return colorArray;\n}\n\n@end"
    )


@formats.register("ios/strings.h")
def strings_h(output: Output) -> str:
    """The header of string constants (option ``className``)."""
    lines = "\n".join(f"extern NSString * const {token['name']};" for token in output.dictionary.tokens)
    return (
        f"{_top(output)}#import <Foundation/Foundation.h>\n\n\n{lines}\n\n"
        f"@interface {output.option('className')} : NSObject\n+ (NSArray *)values;\n@end"
    )


@formats.register("ios/strings.m")
def strings_m(output: Output) -> str:
    """String constants, and a class that lists them (option ``className``)."""
    lines = "\n".join(
        f"NSString * const {token['name']} = {_literal(output, token)};" for token in output.dictionary.tokens
    )
    entries = ",\n".join(_entry(output, token) for token in output.dictionary.tokens)
    name = output.option("className")
    return (
        f'{_top(output)}#import "{name}.h"\n\n\n{lines}\n\n@implementation {name}\n\n'
        "+ (NSArray *)values {\n  static NSArray* array;\n  static dispatch_once_t onceToken;\n\n"
        f"  dispatch_once(&onceToken, ^{{\n    array = @[\n      {entries}\n    ];\n  }});\n\n"
        "  return array;\n}\n\n@end\n\n"
    )


def _entry(output: Output, token: Token) -> str:
    lines = [f'  @"value": {_literal(output, token)}', f'  @"name": @"{token["name"]}"']
    lines += [f'    @"{name}": @"{value}"' for name, value in _attributes(token)]
    return "@{\n" + ",\n".join(lines) + "\n  }"


def _attributes(token: Token) -> list[tuple[str, str]]:
    return [(name, value_text(value)) for name, value in token["attributes"].items() if truthy(value)]


@formats.register("ios/singleton.h")
def singleton_h(output: Output) -> str:
    """The header of a class that holds all tokens (option ``className``)."""
    return (
        f"{_top(output)}#import <Foundation/Foundation.h>\n#import <UIKit/UIKit.h>\n\n"
        f"@interface {_word(output, 'className')}: NSObject\n\n+ (NSDictionary *)properties;\n"
        "+ (NSDictionary *)getProperty:(NSString *)keyPath;\n+ (nonnull)getValue:(NSString *)keyPath;\n\n@end"
    )


@formats.register("ios/singleton.m")
def singleton_m(output: Output) -> str:
    """A class that holds all tokens in dictionaries (option ``className``)."""
    name = output.option("className")
    return (
        f'{_top(output)}#import "{name}.h"\n\n@implementation {name}\n\n'
        "+ (NSDictionary *)getProperty:(NSString *)keyPath {\n"
        "  return [[self properties] valueForKeyPath:keyPath];\n}\n\n"
        "+ (nonnull)getValue:(NSString *)keyPath {\n"
        '  return [[self properties] valueForKeyPath:[NSString stringWithFormat:@"%@.value", keyPath]];\n}\n\n'
        "+ (NSDictionary *)properties {\n  static NSDictionary * dictionary;\n  static dispatch_once_t onceToken;\n\n"
        f"  dispatch_once(&onceToken, ^{{\n    dictionary = {_dictionary(output, output.dictionary.tree, '  ')};\n"
        "  });\n\n  return dictionary;\n}\n\n@end\n\n"
    )


def _dictionary(output: Output, node: dict[str, Any], indent: str) -> str:
    if is_token(node, output.dictionary.value_key) and "name" in node:  # at the root, a group may be called value
        sized = output.type(node) in ("dimension", "fontSize", "time")
        value = "@" + output.text(node) if sized else _literal(output, node)
        lines = [f'@"value": {value}', f'@"name": @"{node["name"]}"']
        lines += [f'@"{name}": @"{attribute}"' for name, attribute in _attributes(node)]
    else:
        lines = [f'@"{name}": {_dictionary(output, below, indent + "  ")}' for name, below in node.items()]
    if not lines:
        return "@\n" + indent + "}"
    return "@{\n" + ",\n".join(indent + line for line in lines) + "\n" + indent + "}"


@formats.register("ios/plist")
def plist(output: Output) -> str:
    """A property list; colours as shares of red, green and blue."""
    left_out = ("asset", "border", "shadow", "transition")
    entries = "\n".join(
        _plist_entry(output, token) for token in output.dictionary.tokens if output.type(token) not in left_out
    )
    return (
        '\n<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" '
        f'"http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n{file_header(output, "xml")}\n'
        f'<plist version="1.0">\n  <dict>\n  {entries}\n  </dict>\n</plist>'
    )


def _plist_entry(output: Output, token: Token) -> str:
    kind = output.type(token)
    if kind == "color":
        shares = zip("rgb", _shares(output.value(token)), strict=True)
        members = "".join(f"\n      <key>{name}</key>\n      <real>{share}</real>" for name, share in shares)
        written = f"    <dict>{members}\n      <key>a</key>\n      <real>1</real>\n    </dict>"
    elif kind == "dimension":
        written = f"<integer>{output.text(token)}</integer>"
    else:
        written = f"<string>{output.text(token)}</string>"
    comment = token.get("comment")
    note = f"\n    <!-- {value_text(comment)} -->" if truthy(comment) else ""
    return f"  <key>{token['name']}</key>\n{written}{note}"


def _shares(value: Any) -> list[str]:
    """Red, green and blue as shares of 1. The original knows lists of three numbers only, and prints NaN."""
    if isinstance(value, list) and len(value) >= 3 and all(map(is_number, value[:3])):
        return [number_text(channel / 255) for channel in value[:3]]
    if isinstance(value, str) and len(floats := _FLOATS.findall(value)) >= 3:
        return [number_text(float(share)) for share in floats[:3]]
    return color_shares(value) or ["0", "0", "0"]
