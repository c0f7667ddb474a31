import { crew } from '../../i18n/en/crew';
import { RoleGate } from '../../shell/RoleGate';
import { mountPage } from '../../shell/mountPage';
import { Day } from './Day';

mountPage(
  <RoleGate roles={['crew', 'owner']} demoRole="crew" roleWord={crew.role}>
    {(config) => <Day config={config} />}
  </RoleGate>,
);
