import { useVehicles } from '../../data/vehicles';
import { text } from '../../i18n/driver';
import { RoleGate } from '../../shell/RoleGate';
import { keepOffline } from '../../shell/keepOffline';
import { mountPage } from '../../shell/mountPage';
import { Driver } from './Driver';

function DriverPage() {
  useVehicles(); // asked for while the house says who is here: one round less on a slow line
  return (
    <RoleGate roles={['driver']} demoRole="driver" roleWord={text.role}>
      {(config) => <Driver config={config} />}
    </RoleGate>
  );
}

keepOffline();
void mountPage('driver', () => <DriverPage />);
