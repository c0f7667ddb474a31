import type { Explanation } from '../../api/opsTypes';

export type Reason = Explanation['units'][number];

const easiest = [
  'window_infeasible', 'fleet_saturated', 'duty_limit', 'energy_insufficient', 'access_closed', 'no_unit_on_shift', 'lock_conflict',
  'power_too_low', 'connector_mismatch', 'height_or_weight', 'skill_missing', 'outside_area',
];

const group = (reason: Reason): number => {
  if (reason.serves) return 0;
  return reason.code ? 2 + easiest.indexOf(reason.code) : 1;
};

/** Who serves it, who could and for how much more, then who cannot: the easiest to mend first. */
export function orderReasons(reasons: readonly Reason[]): Reason[] {
  const within = (reason: Reason): number => reason.extra_milli ?? reason.amount ?? 0;
  return [...reasons].sort((a, b) => group(a) - group(b) || within(a) - within(b) || a.unit.name.localeCompare(b.unit.name));
}
