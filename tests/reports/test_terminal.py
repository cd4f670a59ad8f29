"""What a terminal shows is the tree, on lines of at most 80 columns."""

import io

import pytest

from derivations import catalogue
from derivations.core import (
    Claim,
    Derivation,
    Positive,
    Reals,
    Remark,
    Sizes,
    algebra,
    array,
    cited,
    derive,
    log,
    symbol,
    total,
    using,
)
from reports import terminal
from reports.terminal import list_lines, show_lines
from reports.words import domain_words, plain, reason_words, sources
from reports.wrap import wrapped

CHAPTERS = catalogue.shipped()
MEMBERS = [member for chapter in CHAPTERS for member in chapter.members]
x, y = symbol("x"), symbol("y")


def shown(member: Derivation | Remark, width: int = 80) -> list[str]:
    return [line.plain for line in show_lines(member, width)]


@pytest.mark.parametrize("member", MEMBERS, ids=lambda member: member.id)
def test_a_shown_claim_fits_in_80_columns(member: Derivation | Remark) -> None:
    assert max(len(line) for line in shown(member)) <= 80


@pytest.mark.parametrize("member", MEMBERS, ids=lambda member: member.id)
def test_every_line_and_every_reason_is_shown_as_it_stands(member: Derivation | Remark) -> None:
    everything = "".join("".join(shown(member)).split())
    if isinstance(member, Remark):
        assert member.id in everything
        return
    expected = [member.id, str(member.claim.statement), domain_words(member.claim)]
    expected += [f"{step.rel}{step.line}" for step in member.steps]
    expected += [f"({reason_words(step.reason)})" for step in member.steps]
    for text in expected:
        assert "".join(text.split()) in everything


@pytest.mark.parametrize("member", MEMBERS, ids=lambda member: member.id)
def test_wrapping_loses_nothing_and_invents_nothing(member: Derivation | Remark) -> None:
    for formula in member.lines if isinstance(member, Derivation) else ():
        for width in (10, 25, 40, 80):
            lines = wrapped(str(formula), width)
            assert "".join("".join(lines).split()) == "".join(str(formula).split())


def test_a_line_breaks_at_the_outermost_brackets_and_the_loosest_operator_first() -> None:
    assert wrapped("f(a, b + c) = g(a)*(b + c) + h(a)", 30) == [
        "f(a, b + c)",
        "= g(a)*(b + c) + h(a)",
    ]
    assert wrapped("f(aaaa, bbbb + cccc)*(d + e)", 24) == ["f(aaaa, bbbb + cccc)", "*(d + e)"]
    assert wrapped("f(aaaa + bbbb, cccc)", 14) == ["f(aaaa", "+ bbbb, cccc)"]


def test_a_power_is_never_broken_in_its_stars() -> None:
    lines = wrapped("aaaaaaaa**22222222*bbbbbbbb**33333333", 20)
    assert lines == ["aaaaaaaa**22222222", "*bbbbbbbb**33333333"]


def test_a_name_too_long_to_break_stays_whole() -> None:
    assert wrapped("a" * 50, 20) == ["a" * 50]


def test_the_list_has_each_chapter_and_each_id_once() -> None:
    words = [word for line in list_lines(CHAPTERS) for word in line.plain.split()[:1]]
    assert words == [w for c in CHAPTERS for w in (c.name, *(m.id for m in c.members))]


def test_hypotheses_are_grouped_by_domain_and_arrays_have_their_sizes() -> None:
    m, i = symbol("m"), symbol("i")
    t = array("t", m)
    domains = {x: Reals, y: Reals, t: Positive, m: Sizes}
    claim = Claim("c", total(t[i] * x, i, 1, m), "=", y, on=domains, where=x > 0)
    assert domain_words(claim) == "for x, y in R; t (m) in (0, oo); m in Z[1, oo) where x > 0"


def test_a_claim_without_variables_has_no_hypotheses() -> None:
    assert domain_words(Claim("c", log(1), "=", 0, on={})) == ""


def test_sources_are_those_of_the_claim_and_of_cited_facts_once() -> None:
    claim = Claim("c", x + y, "=", y + x, on={x: Reals, y: Reals}, source="Euclid")
    derivation = derive(
        claim,
        (x + y + 0, cited("zero adds nothing", "Peano")),
        (y + x + 0, cited("sums commute", "Euclid")),
        (y + x, cited("zero adds nothing", "Peano")),
    )
    assert sources(derivation) == ("Euclid", "Peano")
    assert "    Peano" in shown(derivation)


def test_an_earlier_claim_is_named_with_its_instance() -> None:
    claim = Claim("c.id", x, "=", x, on={x: Reals})
    assert reason_words(using(claim, x=y + 1)) == "by c.id at x := y + 1"


def test_a_note_is_shown_beside_the_name_of_its_theory() -> None:
    assert reason_words(algebra("factor $e^{x}$")) == "algebra: factor e^x"


def test_a_little_latex_is_made_readable() -> None:
    assert plain(r"$\sqrt{x} \to \infty$, $\tfrac{1}{4}$") == "sqrt(x) -> oo, 1/4"


def test_a_counterexample_tells_what_it_disproves() -> None:
    claim = Claim("c", x, "<", x + 1, on={x: Reals}, falsehood="numbers stop somewhere")
    assert "    A counterexample to: numbers stop somewhere" in shown(Derivation(claim))


def test_no_color_leaves_no_escape_sequence(monkeypatch: pytest.MonkeyPatch) -> None:
    def written() -> str:
        to, file = terminal.console(), io.StringIO()
        to.file = file
        for line in shown_lines:
            to.print(line)
        return file.getvalue()

    shown_lines = list(show_lines(catalogue.find("sigmoid.derivative"), 80))
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[1;36m" in written()
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in written()


def test_brackets_in_formulas_are_no_markup() -> None:
    to, file = terminal.console(), io.StringIO()
    to.file = file
    for line in show_lines(catalogue.find("likelihood.gradient"), 80):
        to.print(line)
    assert "(y[i] - h(i))*x[i, j]" in file.getvalue()
