import { useState } from 'react';
import type { ChargeRequest } from '../../api/driverTypes';
import { noteChanges, type Change } from './changes';

/** What has changed since this page began to look, the newest first. */
export function useChanges(request: ChargeRequest): Change[] {
  const [log, setLog] = useState({ told: request, changes: [] as Change[] });
  const next = noteChanges(log, request);
  if (next !== log) setLog(next);
  return next.changes;
}
