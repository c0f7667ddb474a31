import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from './visit';

/** Where a demo keeps the letters it would send. */
function folder(): string {
  const path = process.env['VOLTRUN_MAIL'];
  if (!path) throw new Error('VOLTRUN_MAIL must name the folder `mail` in the VAR_DIR of the running house');
  return path;
}

function listLetters(): string[] {
  try {
    return readdirSync(folder()).map((name) => readFileSync(join(folder(), name), 'utf8'));
  } catch {
    return []; // none was sent yet
  }
}

/** The address behind the first link to this room in the letter to somebody. */
export async function readLink(to: string, room: string): Promise<string> {
  let link: string | undefined;
  await until(`a letter to ${to} comes`, () => {
    const letter = listLetters().find((one) => one.includes(`To: ${to}`) && one.includes(`/account/${room}#`));
    link = letter?.match(new RegExp(`/account/${room}#\\S+`))?.[0];
    return link !== undefined;
  }, 20_000);
  return link ?? '';
}
