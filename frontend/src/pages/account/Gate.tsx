import type { FormEvent, ReactNode } from 'react';
import { common } from '../../i18n/common';
import { Button } from '../../ui/Button';
import { Logo } from '../../ui/Logo';
import { Note } from '../../ui/Note';
import '../../shell/shell.css';

interface Props {
  title: string;
  lead?: string;
  fault?: string | null;
  done?: string | null;
  go?: string;
  busy?: boolean;
  onGo?: () => void;
  children?: ReactNode;
  after?: ReactNode;
}

/** A small screen with one question and one button. */
export function Gate({ title, lead, fault = null, done = null, go, busy = false, onGo, children, after }: Props) {
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onGo?.();
  };
  return (
    <main className="gate">
      <a className="gate-brand" href="/">
        <Logo size={32} />
        {common.brand}
      </a>
      <h1>{title}</h1>
      {lead && <p>{lead}</p>}
      {fault && <Note look="alert">{fault}</Note>}
      {done && <Note look="ok">{done}</Note>}
      {!done && go && (
        <form className="gate-form" onSubmit={submit}>
          {children}
          <Button type="submit" disabled={busy}>
            {go}
          </Button>
        </form>
      )}
      {after}
    </main>
  );
}
