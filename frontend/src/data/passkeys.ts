import { tell, type Told } from './library';

type Options = PublicKeyCredentialCreationOptionsJSON & PublicKeyCredentialRequestOptionsJSON;

export const knowsPasskeys = (): boolean => typeof PublicKeyCredential === 'function' && 'parseRequestOptionsFromJSON' in PublicKeyCredential;

/** Shows a passkey at a door that asks for one; null when the person or the device would not. */
export async function showPasskey(door: 'webauthn/login' | 'webauthn/authenticate'): Promise<Told<unknown> | null> {
  const asked = await tell<{ request_options: { publicKey: Options } }>('GET', door);
  if (asked.status !== 200 || !asked.data) return asked;
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(asked.data.request_options.publicKey);
  const shown = await navigator.credentials.get({ publicKey }).catch(() => null);
  return shown instanceof PublicKeyCredential ? tell('POST', door, { credential: shown.toJSON() }) : null;
}

/** Makes a passkey for this account; null when the person or the device would not. */
export async function addPasskey(name: string): Promise<Told<unknown> | null> {
  const door = 'authenticators/webauthn';
  const asked = await tell<{ creation_options: { publicKey: Options } }>('GET', `${door}?passwordless`);
  if (asked.status !== 200 || !asked.data) return asked;
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(asked.data.creation_options.publicKey);
  const made = await navigator.credentials.create({ publicKey }).catch(() => null);
  return made instanceof PublicKeyCredential ? tell('POST', door, { name, credential: made.toJSON() }) : null;
}
