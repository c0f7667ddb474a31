import { useMutation } from '@tanstack/react-query';
import { post } from '../api/client';
import type { StopReport, StopVerb } from '../api/crewTypes';

export interface CrewAction extends Partial<StopReport> {
  stop: string;
  verb: StopVerb;
  at: string;
}

/** One tap of the crew. The key is made of the stop and the verb, so that a second tap is the same deed. */
export const useCrewAction = () =>
  useMutation({
    mutationFn: ({ stop, verb, ...body }: CrewAction) => post<unknown>(`/api/crew/stops/${stop}/${verb}`, body, `${verb}-${stop}-${body.at}`),
  });
