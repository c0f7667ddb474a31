import { text } from '../../i18n/driver';
import { RoleGate } from '../../shell/RoleGate';
import { mountPage } from '../../shell/mountPage';
import { Driver } from './Driver';

void mountPage('driver', () => (
  <RoleGate roles={['driver']} demoRole="driver" roleWord={text.role}>
    {(config) => <Driver config={config} />}
  </RoleGate>
));
