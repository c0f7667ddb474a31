import { driver } from '../../i18n/en/driver';
import { RoleGate } from '../../shell/RoleGate';
import { mountPage } from '../../shell/mountPage';
import { Driver } from './Driver';

mountPage(
  <RoleGate roles={['driver']} demoRole="driver" roleWord={driver.role}>
    {(config) => <Driver config={config} />}
  </RoleGate>,
);
