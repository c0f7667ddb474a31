import { mountPage } from '../../shell/mountPage';
import { Account } from './Account';

void mountPage('account', () => <Account />);
