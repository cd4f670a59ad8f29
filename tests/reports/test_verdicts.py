"""What is said about claims that were judged: a line for each, complaints below, counts last."""

import json
import math

from derivations import catalogue
from numeric.evidence import Evidence, Report, StepEvidence, Verdict, Witness
from reports.json_documents import dumps, verify_document
from reports.judging import Settings
from reports.verdicts import closing_line, report_lines, verdict_lines

MESSAGE = """sigmoid.derivative, step 4 (add and subtract 1) is refuted at x = -2:
    exp(-x)/(1 + exp(-x))**2           = 0.10499358540350651...
    (1 + exp(-x) - 2)/(1 + exp(-x))**2 = 0.09078..."""

WITNESS = Witness((("x", "-2"),), "0.10499358540350651...", "0.09078...")


def evidence(verdict: Verdict, **known: object) -> Evidence:
    return Evidence("sigmoid.derivative", verdict, "arb", 50, 200, 200, **known)  # type: ignore[arg-type]


def refuted_in_a_step() -> Report:
    found = evidence(Verdict.REFUTED, witness=WITNESS)
    step = StepEvidence(4, "add and subtract 1", found, message=MESSAGE)
    return Report(evidence(Verdict.PROVED), (step,))


def plain(report: Report) -> list[str]:
    return [line.plain for line in report_lines(report)]


def test_a_claim_is_one_line_with_verdict_id_method_points_and_the_worst() -> None:
    known = evidence(Verdict.CONSISTENT, worst_error="3.1e-52", worst_point="x = -700")
    assert plain(Report(known)) == [
        "  consistent  sigmoid.derivative  arb, 200 points, worst 3.1e-52 at x = -700"
    ]


def test_a_long_point_is_rounded_and_cut() -> None:
    point = f"x = (({', '.join(['2081/2097152'] * 12)}))"
    known = evidence(Verdict.CONSISTENT, worst_error="1e-52", worst_point=point)
    (line,) = plain(Report(known))
    assert line.endswith("at x = ((~0.0009923, ~0.0009923, ~0.0009923, ~0.0009923, ...")


def test_points_that_decided_nothing_are_told() -> None:
    known = Evidence("a.b", Verdict.CONSISTENT, "arb", 50, 200, 198)
    assert plain(Report(known)) == ["  consistent  a.b  arb, 198 of 200 points"]


def test_a_proof_needs_no_points() -> None:
    known = Evidence("a.b", Verdict.PROVED, "algebra")
    assert plain(Report(known)) == ["  proved      a.b  algebra"]


def test_a_wrong_step_is_told_with_both_lines_and_a_witness_below_the_claim() -> None:
    first, *below = plain(refuted_in_a_step())
    assert first.startswith("  refuted     sigmoid.derivative")
    assert [line.removeprefix("      ") for line in below] == MESSAGE.splitlines()


def test_chapters_keep_their_order_and_take_a_report_for_each_derivation() -> None:
    chapters = catalogue.select(["sigmoid.derivative", "likelihood.gradient"]).chapters
    reports = [Report(Evidence(id, Verdict.PROVED)) for c in chapters for id in [c.members[0].id]]
    lines = [line.plain.split() for line in verdict_lines(chapters, reports)]
    assert [words[:2] for words in lines if words[:1] == ["proved"]] == [
        ["proved", "sigmoid.derivative"],
        ["proved", "likelihood.gradient"],
    ]
    assert [words[0] for words in lines if words and words[0] != "proved"] == [
        "sigmoid",
        "likelihood",
    ]


def test_a_line_is_printed_as_soon_as_its_report_is_there() -> None:
    (chapter,) = catalogue.select(["sigmoid.derivative", "sigmoid.exp_form"]).chapters

    def reports() -> object:
        yield Report(Evidence("sigmoid.exp_form", Verdict.PROVED))
        raise AssertionError("asked for the second report before the first was printed")

    lines = verdict_lines((chapter,), reports())  # type: ignore[arg-type]
    assert next(lines).plain.startswith("sigmoid")
    assert "sigmoid.exp_form" in next(lines).plain


def test_the_closing_line_counts_every_verdict_and_tells_the_seed() -> None:
    reports = [refuted_in_a_step(), Report(evidence(Verdict.PROVED))]
    assert closing_line(reports, 1.26, 7).plain == (
        "2 claims: 1 proved, 0 consistent, 1 refuted, 0 unknown; 1.3 s, seed 7"
    )


def test_the_json_document_has_its_schema_claims_summary_and_settings() -> None:
    document = verify_document([refuted_in_a_step()], Settings(30, 10, 3, 2), 0.5)
    read = json.loads(dumps(document))
    assert next(iter(read)) == "schema"
    assert read["schema"] == 1
    assert read["summary"] == {"proved": 0, "consistent": 0, "refuted": 1, "unknown": 0}
    assert read["settings"] == {"digits": 30, "points": 10, "seed": 3}
    (claim,) = read["claims"]
    assert claim["verdict"] == "refuted"
    assert claim["steps"][0]["witness"] == {"x": "-2"}


def test_json_has_no_infinity_and_no_nan() -> None:
    document = verify_document([Report(evidence(Verdict.PROVED, max_ulp=math.inf))], Settings(), 0)
    assert json.loads(dumps(document))["claims"][0]["max_ulp"] == "inf"
