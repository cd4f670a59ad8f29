"""The command `derivations kernel`: NumPy code for a derived result, with its certificate."""

from __future__ import annotations

import click

from reports.command import PASSED, fail, say


@click.command(short_help="Print accurate float64 code for a result.")
@click.argument("id", metavar="ID", required=False)
@click.option("--list", "listing", is_flag=True, help="List the results that have a kernel.")
@click.option("--format", "form", type=click.Choice(("python", "json")), default="python")
@click.option("--no-cache", is_flag=True, help="Search and certify anew, and keep nothing on disk.")
def kernel(id: str | None, listing: bool, form: str, no_cache: bool) -> int:
    """Print accurate, fast NumPy code for the value that a claim's two sides have.

    Exit status: 0, or 2 where no accurate code was found or the claim has no value to compute.
    """
    if listing:
        from numeric.kernels.shelf import SHELF

        say("\n".join(SHELF))
        return PASSED
    if id is None:
        fail("Which result? `derivations kernel --list` lists those that have a kernel.")
    from numeric.accuracy.called import AuditError
    from numeric.cache import Cache
    from numeric.kernels.kernel import KernelError, found_kernel

    try:
        found = found_kernel(id, None if no_cache else Cache())
    except (AuditError, KernelError) as error:
        fail(str(error))
    if form == "python":
        say(found.source.rstrip("\n"))
        return PASSED
    from reports.json_documents import dumps

    certificate = found.certificate
    kernel = {
        "id": found.id,
        "name": found.name,
        "variables": {variable.name: str(domain) for variable, domain in found.variables},
        "formula": str(found.formula),
        "computed_as": str(found.rewritten),
        "recipe": found.recipe,
        "verdict": certificate.verdict.value,
        "method": certificate.method,
        "audit": certificate.audit.as_json(),
        "versions": dict(certificate.versions),
        "source": found.source,
    }
    say(dumps({"kernel": kernel}))
    return PASSED
