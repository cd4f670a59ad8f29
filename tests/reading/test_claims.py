"""Claims files: one bad line never touches the others."""
# ruff: noqa: E501  a sentence of a table stands on one line

from __future__ import annotations

import json
from pathlib import Path

import pytest

from derivations.core.claim import Claim
from derivations.core.domain import Positive, Reals, integers
from derivations.core.formula import ne, symbols
from derivations.core.functions import log
from derivations.reading import Line, ReadingError, lines_from, read_claim, read_lines

x, y, n = symbols("x y n")


def line_of(record: object) -> Line:
    (line,) = lines_from([json.dumps(record).encode()])
    return line


def test_the_example_of_the_format_reads() -> None:
    record = {
        "id": "log-product",
        "claim": "log(x*y) = log(x) + log(y)",
        "domain": {"x": "(0, oo)", "y": "(0, oo)"},
        "where": "x != y",
    }
    assert read_claim(record) == Claim(
        "log-product",
        log(x * y),
        "=",
        log(x) + log(y),
        on={x: Positive, y: Positive},
        where=ne(x, y),
    )


def test_other_keys_are_carried_through_untouched() -> None:
    line = line_of({"claim": "1 = 1", "truth": True, "note": {"b": [1, None, 2.5]}, "\u00fc": "x"})
    assert line.extra == {"truth": True, "note": {"b": [1, None, 2.5]}, "\u00fc": "x"}
    assert line.claim
    assert line_of({"claim": "x = x", "domain": {"x": "R"}, "domains": 1, "claims": 2}).claim


def test_a_claim_without_variables_needs_no_domain() -> None:
    assert read_claim({"claim": "1 + 1 = 2"}) == read_claim({"claim": "1 + 1 = 2", "domain": {}})


def test_a_domain_for_a_variable_that_does_not_occur_is_allowed() -> None:
    claim = read_claim({"claim": "x = x", "domain": {"x": "R", "n": "Z[1, oo)"}})
    assert claim.domains == {x: Reals, n: integers(1)}


def test_a_missing_id_is_the_number_of_the_line() -> None:
    first, second = lines_from([b"\n", b'{"claim": "1 = 1"}\n', b'{"claim": "1 ="}\n'])
    assert (first.number, first.id, first.claim and first.claim.id) == (2, "line-2", "line-2")
    assert (second.number, second.id, second.claim) == (3, "line-3", None)


def test_two_lines_may_have_the_same_id() -> None:
    raw = b'{"id": "a", "claim": "1 = 1"}'
    assert [line.id for line in lines_from([raw, raw])] == ["a", "a"]


@pytest.mark.parametrize(
    ("id", "own"),
    [
        ("a.b:c/d-e_f", "a.b:c/d-e_f"),
        ("Euler's formula", "Euler-s-formula"),
        ("\u00dcbung 3", "id-bung-3"),
        ("-1", "id-1"),
    ],
)
def test_an_id_may_be_any_printable_text(id: str, own: str) -> None:
    line = line_of({"id": id, "claim": "1 = 1"})
    assert line.id == id
    assert line.claim
    assert line.claim.id == own


BAD = [
    (b'{"claim": "x ="}', "claim: something is missing after `=` (column 4)"),
    (b'{"claim": "x = y", "domain": {"x": "R"}}', "claim: y has no domain: declare it (column 5)"),
    (b'{"claim": "x = 1"}', "claim: x has no domain: declare it (column 1)"),
    (b'{"id": "a"}', 'the line has no "claim"'),
    (b'{"claim": 1}', "claim: a text is expected, not a number"),
    (b'{"claim": null}', "claim: a text is expected, not null"),
    (b'{"claim": ["1 = 1"]}', "claim: a text is expected, not a list"),
    (b'{"claim": "1 = 1", "where": true}', "where: a text is expected, not true or false"),
    (b'{"claim": "1 = 1", "where": ""}', "where: the text is empty"),
    (b'{"claim": "1 = 1", "where": "x > 0"}', "where: x has no domain: declare it (column 1)"),
    (b'{"claim": "1 = 1", "where": "1"}', "where: a condition is expected here, such as x > 0 or Ne(x, y) (column 1)"),
    (b'{"claim": "1 = 1", "domain": "R"}', 'domain: an object is expected, such as {"x": "R"}, not a text'),
    (b'{"claim": "1 = 1", "domain": []}', 'domain: an object is expected, such as {"x": "R"}, not a list'),
    (b'{"claim": "1 = 1", "domain": null}', 'domain: an object is expected, such as {"x": "R"}, not null'),
    (b'{"claim": "1 = 1", "domain": {"x": 1}}', "domain of 'x': a text is expected, not a number"),
    (b'{"claim": "1 = 1", "domain": {"x": "N"}}', "domain of 'x': N is no domain here: write Z[1, oo) or Z[0, oo)"),
    (b'{"claim": "1 = 1", "domain": {"E": "R"}}', "domain of 'E': E is a constant and names no variable"),
    (b'{"claim": "1 = 1", "domain": {"Sum": "R"}}', "domain of 'Sum': Sum is a word of the notation and names no variable"),
    (b'{"claim": "1 = 1", "domain": {"lambda": "R"}}', "domain of 'lambda': lambda is a word of Python's and names no variable; call it lambda_"),
    (b'{"claim": "1 = 1", "domain": {"x y": "R"}}', "domain of 'x y': 'x y' is no name of a variable: a letter of the alphabet a to z, then letters, digits, single underscores"),
    (b'{"claim": "1 = 1", "domain": {"": "R"}}', "domain of '': '' is no name of a variable: a letter of the alphabet a to z, then letters, digits, single underscores"),
    (b'{"claim": "1 = 1", "domain": {"__x": "R"}}', "domain of '__x': '__x' is no name of a variable: a letter of the alphabet a to z, then letters, digits, single underscores"),
    ('{"claim": "1 = 1", "domain": {"\u0445": "R"}}'.encode(), "domain of '\\u0445': '\\u0445' is no name of a variable: a letter of the alphabet a to z, then letters, digits, single underscores"),
    (b'{"claim": "1 = 1", "domain": {"x": "R", "x": "Z"}}', "the key 'x' is given twice"),
    (b'{"claim": "1 = 1", "claim": "1 = 2"}', "the key 'claim' is given twice"),
    (b'{"claim": "1 = 1", "id": 7}', "an id is a text, not a number"),
    (b'{"claim": "1 = 1", "id": ""}', "an id is a text of 1 to 200 printable characters"),
    (b'{"claim": "1 = 1", "id": "a\\u001b[31m"}', "an id is a text of 1 to 200 printable characters"),
    (b'{"claim": "1 = 1", "id": "\\ud800"}', "an id is a text of 1 to 200 printable characters"),
    (b'{"claim": "1/x = 1/x", "domain": {"x": "R"}, "Where": "x != 0"}', "the key 'Where' looks like \"where\": write \"where\", or call it something else"),
    (b'{"claim": "1 = 1", "where": "1 = 1", "wher": "1 = 2"}', "the key 'wher' looks like \"where\": write \"where\", or call it something else"),
    (b'{"claim": "1 = 1", "hwere ": "1 = 2"}', "the key 'hwere ' looks like \"where\": write \"where\", or call it something else"),
    (b'{"Claim": "1 = 1"}', "the key 'Claim' looks like \"claim\": write \"claim\", or call it something else"),
    (b'{"claim": "x = x", "domian": {"x": "R"}}', "the key 'domian' looks like \"domain\": write \"domain\", or call it something else"),
    (b'{"claim": "1 = 1", "note": NaN}', "NaN is no JSON"),
    (b'{"claim": "1 = 1", "note": -Infinity}', "-Infinity is no JSON"),
    (b'{"claim": "1 = 1", "note": 1' + b"0" * 5000 + b"}", "the JSON of the line has a number that is too long"),
    (b'{"claim": "1 = 1", "note": -1e999}', "the number -1e999 of the line is too large"),
    (b'{"claim": "1 = 1"', "the line is no JSON: expecting ',' delimiter (column 18)"),
    (b'{"claim": "1 = 1",}', "the line is no JSON: expecting property name enclosed in double quotes (column 19)"),
    (b"{'claim': '1 = 1'}", "the line is no JSON: expecting property name enclosed in double quotes (column 2)"),
    (b"1 = 1", "the line is no JSON: extra data (column 3)"),
    (b"x = x", "the line is no JSON: expecting value (column 1)"),
    (b"[]", "the line is no JSON object: a claim stands in curly brackets"),
    (b"null", "the line is no JSON object: a claim stands in curly brackets"),
    (b"# a comment", "a claims file has no comments: each line is one JSON object"),
    (b"// a comment", "a claims file has no comments: each line is one JSON object"),
    (b'{"claim": "1 = 1\xff"}', "the line is not UTF-8: byte 17 is wrong"),
    (b"\xff\xfe{\x00}\x00", "the line is not UTF-8: byte 1 is wrong"),
    (b'{"claim": "1 = 1"}\x00', "the line is no JSON: extra data (column 19)"),
]  # fmt: skip
GOOD = b'{"id": "good", "claim": "x + 0 = x", "domain": {"x": "R"}}'


@pytest.mark.parametrize(("raw", "sentence"), BAD, ids=[repr(raw)[:60] for raw, _ in BAD])
def test_a_bad_line_has_one_sentence_and_the_others_are_read(raw: bytes, sentence: str) -> None:
    before, bad, after = lines_from([GOOD, raw, GOOD])
    assert (bad.number, bad.claim, bad.error) == (2, None, sentence)
    assert before.claim == after.claim == read_claim(json.loads(GOOD))


def test_the_keys_of_a_line_with_a_bad_claim_are_kept() -> None:
    line = line_of({"id": "mine", "claim": "?", "note": 3})
    assert (line.id, line.extra, line.claim) == ("mine", {"note": 3}, None)


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_line_ends_blank_lines_and_a_byte_order_mark_do_not_matter(
    tmp_path: Path, end: bytes
) -> None:
    file = tmp_path / "claims.jsonl"
    file.write_bytes(b"\xef\xbb\xbf" + GOOD + end + end + b"  \t" + end + GOOD)
    lines = list(read_lines(file))
    assert [(line.number, line.error) for line in lines] == [(1, ""), (4, "")]


def test_an_empty_file_has_no_lines(tmp_path: Path) -> None:
    file = tmp_path / "claims.jsonl"
    file.write_bytes(b"")
    assert list(read_lines(file)) == []


def test_a_file_that_cannot_be_opened_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="absent"):
        list(read_lines(tmp_path / "absent.jsonl"))


def test_too_many_variables_are_refused() -> None:
    domain = {f"x{number}": "R" for number in range(51)}
    with pytest.raises(ReadingError, match="there are 51 variables, at most 50"):
        read_claim({"claim": "1 = 1", "domain": domain})


def test_a_record_may_be_given_by_hand() -> None:
    claim = read_claim({"claim": "x < 1", "domain": {"x": "(0, 1)"}}, number=12)
    assert claim.id == "line-12"
    with pytest.raises(ReadingError, match='no "claim"'):
        read_claim({})
