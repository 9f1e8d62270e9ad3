"""Geometry with exact answers, of plane figures and of solids."""

from curate.families.plane_figures import PLANE_FIGURES
from curate.families.solid_figures import SOLID_FIGURES
from curate.families.tasks import family_of

FAMILY = family_of(
    "geometry",
    (
        "Find an area, a length, a volume or a cost in plane and solid figures, with exact answers; with "
        "difficulty the figures are composed of more parts and their measures grow."
    ),
    *PLANE_FIGURES,
    *SOLID_FIGURES,
)
