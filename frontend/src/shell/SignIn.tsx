import { useEffect, useState, type FormEvent } from 'react';
import type { Config, Me, Role } from '../api/types';
import { problemCode, problemText } from '../data/problemText';
import { useSignIn } from '../data/me';
import { common } from '../i18n/common';
import { Button } from '../ui/Button';
import { Field } from '../ui/Field';
import { Logo } from '../ui/Logo';
import { Note } from '../ui/Note';
import './shell.css';

interface Props {
  config: Config;
  me: Me;
  demoRole: Role;
  roleWord: string;
  /** Whether one may make an account here: drivers do, staff is invited. */
  newcomers?: boolean;
}

export function SignIn({ config, me, demoRole, roleWord, newcomers = false }: Props) {
  const words = common.signIn;
  const signIn = useSignIn();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const demo = config.demo ? config.demo_accounts.find(({ role }) => role === demoRole) : undefined;
  const factor = problemCode(signIn.error) === 'second_factor_needed';
  useEffect(() => {
    if (factor) location.assign(`/account/factor?next=${encodeURIComponent(location.pathname)}`);
  }, [factor]);
  const fault = factor ? null : problemText(signIn.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate({ email, password });
  };

  return (
    <main className="gate">
      <a className="gate-brand" href="/">
        <Logo size={32} />
        {common.brand}
      </a>
      <h1>{words.title}</h1>
      {me.person && <Note look="amber">{words.wrongRole(me.person.name)}</Note>}
      {fault && <Note look="alert">{fault}</Note>}
      {demo && (
        <>
          <Button
            disabled={signIn.isPending}
            onClick={() => {
              signIn.mutate({ email: demo.email });
            }}
          >
            {words.demo(roleWord)}
          </Button>
          <p className="base mute gate-or">{words.or}</p>
        </>
      )}
      <form className="gate-form" onSubmit={submit}>
        <Field label={words.email} type="email" autoComplete="username" required value={email} onChange={(event) => { setEmail(event.target.value); }} />
        <Field label={words.password} type="password" autoComplete="current-password" required value={password} onChange={(event) => { setPassword(event.target.value); }} />
        <Button type="submit" look={demo ? 'second' : 'main'} disabled={signIn.isPending}>
          {words.go}
        </Button>
      </form>
      {newcomers && config.sign_up && <a href="/account/sign-up">{words.signUp}</a>}
      <p className="spread base">
        <a href="/account/forgot">{words.forgot}</a>
        <a href={`/account/passkey?next=${encodeURIComponent(location.pathname)}`}>{words.passkey}</a>
      </p>
    </main>
  );
}
