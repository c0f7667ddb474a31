import { useHealth } from '../../data/health';
import { text } from '../../i18n/landing';
import { Icon } from '../../ui/Icon';

/** The state of the system, part by part. */
export function SystemState() {
  const health = useHealth();
  const words = text.state;
  const all = health.isPending ? words.unknown : health.data?.ready ? words.good : words.bad;
  return (
    <section className="system" aria-labelledby="system-title">
      <h2 id="system-title">{words.title}</h2>
      <p role="status" className="row">
        <i className={health.data?.ready ? 'dot' : 'dot lost'} />
        {all}
      </p>
      {health.data && (
        <ul>
          {health.data.checks.map((part) => {
            const fault = health.data.down[part];
            return (
              <li key={part} className={fault === undefined ? '' : 'down'}>
                <Icon name={fault === undefined ? 'tick' : 'warning'} size={18} />
                {words.parts[part] ?? part}
                {fault !== undefined && <span className="hidden">{words.partDown}</span>}
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}
