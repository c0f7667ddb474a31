import { text } from '../../i18n/ops';

/** What the shapes of the timeline mean. */
export function Legend() {
  const words = text.legend;
  return (
    <ul className="legend">
      <li><i className="key-travel" />{words.travel}</li>
      <li><i className="key-serve" />{words.serve}</li>
      <li><i className="key-recharge" />{words.recharge}</li>
      <li><i className="key-break" />{words.break}</li>
      <li><i className="key-p90" />{words.p90}</li>
      <li><i className="key-flag" />{words.promised}</li>
      <li><i className="key-pack" />{words.pack}</li>
      <li><i className="key-reserve" />{words.reserve}</li>
    </ul>
  );
}
