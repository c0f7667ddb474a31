import { useDevices, useEnd } from '../../data/people';
import { problemText } from '../../data/problemText';
import { text } from '../../i18n/account';
import { Note } from '../../ui/Note';
import { Part } from './Frame';
import { whenText } from './whenText';

/** What units sign in with; a lost tablet is ended here. */
export function DevicesPart() {
  const words = text.people;
  const devices = useDevices();
  const end = useEnd();
  const fault = problemText(devices.error ?? end.error);
  return (
    <Part title={words.devices}>
      {fault && <Note look="alert">{fault}</Note>}
      {devices.data?.results.length === 0 && <p className="mute">{words.noDevices}</p>}
      <ul className="account-list">
        {devices.data?.results.map((device) => (
          <li key={device.id}>
            <span className="grow">
              <b className="clip">{device.unit_name ?? '–'}</b>
              <span className="mute base">{[device.label, text.signIns.since(whenText(device.created_at))].filter(Boolean).join(' · ')}</span>
            </span>
            <button
              type="button"
              className="account-end"
              aria-label={words.endDevice(device.unit_name ?? '–')}
              disabled={end.isPending}
              onClick={() => {
                end.mutate(`devices/${device.id}`);
              }}
            >
              {text.signIns.end}
            </button>
          </li>
        ))}
      </ul>
    </Part>
  );
}
