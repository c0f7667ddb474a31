import { ops } from '../../i18n/en/ops';
import { RoleGate } from '../../shell/RoleGate';
import { mountPage } from '../../shell/mountPage';
import { Console } from './Console';

mountPage(
  <RoleGate roles={['dispatcher', 'owner']} demoRole="dispatcher" roleWord={ops.role}>
    {(config) => <Console config={config} />}
  </RoleGate>,
);
