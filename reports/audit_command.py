"""The command `derivations audit`: somebody's float64 function against a derived result."""

from __future__ import annotations

from pathlib import Path

import click

from reports.command import FAILED, PASSED, fail, say


@click.command(short_help="Measure a float64 function against a result.")
@click.argument("function", metavar="MODULE:FUNCTION")
@click.option("--as", "id", required=True, metavar="ID", help="The claim that has the right value.")
@click.option("--max-ulp", type=click.FloatRange(0), default=4.0, show_default=True)
@click.option(
    "--points",
    type=click.IntRange(1),
    default=50_000,
    show_default=True,
    help="About so many doubles are certified.",
)
@click.option(
    "--search",
    type=click.IntRange(0),
    default=1_000_000,
    show_default=True,
    help="So many more are looked at for worse ones.",
)
@click.option("--seed", type=int, default=0, show_default=True)
@click.option(
    "--argument-map",
    default="",
    metavar="MAP",
    help="PARAMETER=VARIABLE, VARIABLE=NUMBER, or the order of the variables, with commas.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(0, min_open=True),
    default=300.0,
    show_default=True,
    help="Seconds after which the audit is ended; with --exhaustive, for each million inputs.",
)
@click.option(
    "--exhaustive",
    type=click.Choice(("float32",)),
    help="Try all 2**32 inputs of a function of one float32 (some minutes).",
)
@click.option(
    "--state",
    type=click.Path(path_type=Path, dir_okay=False),
    help="With --exhaustive: the file from which an interrupted audit goes on.",
)
@click.option("--format", "form", type=click.Choice(("text", "json")), default="text")
def audit(
    function: str,
    id: str,
    max_ulp: float,
    points: int,
    search: int,
    seed: int,
    argument_map: str,
    timeout: float,
    exhaustive: str | None,
    state: Path | None,
    form: str,
) -> int:
    """Measure the error of a float64 function against a derived result, in ULPs.

    FILE.py:FUNCTION does as well. Exit status: 0 within --max-ulp everywhere, 1 above it or not
    finite where it should be, 2 where nothing could be measured.
    """
    if exhaustive:
        from reports.exhaustive_audit import Request as Exhausting
        from reports.exhaustive_audit import exhausted

        return exhausted(Exhausting(function, id, argument_map), max_ulp, timeout, state, form)
    if state is not None:
        fail("--state is for --exhaustive float32 only.")
    from numeric.accuracy.called import AuditError
    from numeric.accuracy.named import Request, answered, claim_named
    from numeric.accuracy.named import argument_map as arrangement
    from numeric.accuracy.sentences import complaints, lines, reproducer
    from numeric.workers import Failure, Limits, each

    request = Request(function, id, points, search, seed, argument_map)
    try:
        (found,) = each(answered, [request], Limits(timeout, memory=8192))
    except AuditError as error:
        fail(str(error))
    if isinstance(found, Failure):
        fail(f"The audit of {function} gave no answer: {found.reason}.")
    wrong = complaints(found, max_ulp)
    _, arrange = arrangement(argument_map, claim_named(id))
    line = reproducer(found, arrange)
    if form == "json":
        from reports.json_documents import dumps

        document = {"audit": found.as_json(), "max_ulp_allowed": max_ulp, "passes": not wrong}
        say(dumps({**document, "reproducer": line}))
        return FAILED if wrong else PASSED
    say(f"{function} as {id}: {found.formula}")
    for heading, sentence in lines(found, max_ulp):
        say(f"  {heading:<14} {sentence}")
    say(f"  {'reproduce':<14} {line}")
    say("passes" if not wrong else f"fails: {'; '.join(wrong)}")
    return FAILED if wrong else PASSED
