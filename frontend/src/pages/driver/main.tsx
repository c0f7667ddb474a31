import { text } from '../../i18n/driver';
import { RoleGate } from '../../shell/RoleGate';
import { keepOffline } from '../../shell/keepOffline';
import { mountPage } from '../../shell/mountPage';
import { Driver } from './Driver';

keepOffline();
void mountPage('driver', () => (
  <RoleGate roles={['driver']} demoRole="driver" roleWord={text.role}>
    {(config) => <Driver config={config} />}
  </RoleGate>
));
