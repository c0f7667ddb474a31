import { text } from '../../i18n/account';
import { Gate } from './Gate';

/** Says that it is done, to somebody who has no account any more. */
export function Erased() {
  const words = text.erased;
  return <Gate title={words.title} lead={words.lead} after={<a href="/">{words.home}</a>} />;
}
