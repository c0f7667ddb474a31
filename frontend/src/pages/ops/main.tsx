import { text } from '../../i18n/ops';
import { RoleGate } from '../../shell/RoleGate';
import { mountPage } from '../../shell/mountPage';
import { Console } from './Console';

void mountPage('ops', () => (
  <RoleGate roles={['dispatcher', 'owner']} demoRole="dispatcher" roleWord={text.role}>
    {(config) => <Console config={config} />}
  </RoleGate>
));
