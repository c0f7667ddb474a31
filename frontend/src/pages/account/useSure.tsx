import { useState, type ReactNode } from 'react';
import type { Told } from '../../data/library';
import { refusal, refusalOf } from './refusal';
import { Sure } from './Sure';

/** Runs what changes an account. A door that asks for the password first gets it, and the change goes on. */
export function useSure(): { run: (change: () => Promise<Told<unknown> | null>, then?: (told: Told<unknown>) => void) => void; fault: string | null; code: string | null; busy: boolean; dialog: ReactNode } {
  const [fault, setFault] = useState<string | null>(null);
  const [code, setCode] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [waiting, setWaiting] = useState<(() => void) | null>(null);
  const run = (change: () => Promise<Told<unknown> | null>, then?: (told: Told<unknown>) => void) => {
    const attempt = async () => {
      setFault(null);
      setCode(null);
      setBusy(true);
      try {
        const told = await change();
        if (told?.status === 401) {
          setWaiting(() => () => {
            setWaiting(null);
            void attempt();
          });
        } else {
          setCode(told?.code ?? null);
          setFault(told ? refusalOf(told) : refusal(null));
          if (told && told.status < 400) then?.(told);
        }
      } catch {
        setFault(refusal('network'));
      } finally {
        setBusy(false);
      }
    };
    void attempt();
  };
  const dialog = waiting && (
    <Sure
      onSure={waiting}
      onLeave={() => {
        setWaiting(null);
      }}
    />
  );
  return { run, fault, code, busy, dialog };
}
