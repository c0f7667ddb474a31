import { useMutation } from '@tanstack/react-query';
import { post } from '../api/client';
import type { MoveDone, RiskFix } from '../api/opsTypes';

/** Does what was shown to help. The key names what was shown, so that a second tap is the same deed. */
export const useRiskFix = () =>
  useMutation({
    mutationFn: ({ risk, fix }: { risk: string; fix: RiskFix }) =>
      post<MoveDone>(`/api/ops/risks/${risk}/fix`, { unit: fix.unit, revision: fix.revision }, `fix-${risk}-${fix.unit}-${String(fix.revision)}`),
  });
