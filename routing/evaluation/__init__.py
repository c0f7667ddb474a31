"""The judge: the one truth about a plan. Times and energies, violations, cost."""

from routing.evaluation.cost import cost
from routing.evaluation.schedule import schedule
from routing.evaluation.violations import violations

__all__ = ["cost", "schedule", "violations"]
