"""What a recipe expects of a result, held against it."""

from typing import TYPE_CHECKING

from curate.engine.cost import in_doubt
from curate.manifests import CuratedManifest
from curate.recipe.shape import Expect
from curate.wording import counted

if TYPE_CHECKING:
    from curate.pipeline.generating.generate import Generated


def violated(
    expect: Expect, *, generated: "Generated | None" = None, curated: CuratedManifest | None = None
) -> list[str]:
    """Return what a recipe expects and the result does not reach, as far as there is one; a used up budget as well."""
    found = []
    if generated is not None and generated.account.stopped_by_budget:
        found.append(_budget_used_up(generated))
    if curated is not None and expect.min_kept_share is not None:
        kept = curated.rows.kept / curated.rows.in_ if curated.rows.in_ else 0.0
        if kept < expect.min_kept_share:
            found.append(f"kept {kept:.1%} of the traces, expected at least {expect.min_kept_share:.1%}")
    if generated is not None and expect.max_failed_share is not None:
        samples = generated.manifest.samples
        failed = samples.failed / samples.planned if samples.planned else 0.0
        if failed > expect.max_failed_share:
            found.append(f"{failed:.1%} of the samples failed, expected at most {expect.max_failed_share:.1%}")
    return found


def _budget_used_up(generated: "Generated") -> str:
    pending = counted(generated.manifest.samples.pending, "sample that is", "samples that are")
    said = f"the budget has no room for the {pending} pending"
    return f"{said}; {in_doubt(generated.account.in_doubt)}" if generated.account.in_doubt else said
