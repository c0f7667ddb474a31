import { useMutation } from '@tanstack/react-query';
import { post } from '../api/client';
import type { StopVerb } from '../api/crewTypes';

export interface CrewAction {
  stop: string;
  verb: StopVerb;
  at: string;
  meter_wh?: number;
  reason?: string;
  note?: string;
}

/** One tap of the crew. The key is made of the stop and the verb, so that a second tap is the same deed. */
export const useCrewAction = () =>
  useMutation({
    mutationFn: ({ stop, verb, ...body }: CrewAction) => post<unknown>(`/api/crew/stops/${stop}/${verb}`, body, `${verb}-${stop}-${body.at}`),
  });
