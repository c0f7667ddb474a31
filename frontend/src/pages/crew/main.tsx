import { text } from '../../i18n/crew';
import { RoleGate } from '../../shell/RoleGate';
import { keepOffline } from '../../shell/keepOffline';
import { mountPage } from '../../shell/mountPage';
import { Day } from './Day';

keepOffline();
void mountPage('crew', () => (
  <RoleGate roles={['crew', 'owner']} demoRole="crew" roleWord={text.role}>
    {(config, me) => <Day config={config} me={me} />}
  </RoleGate>
));
