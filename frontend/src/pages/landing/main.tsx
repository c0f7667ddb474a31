import { mountPage } from '../../shell/mountPage';
import { Landing } from './Landing';

void mountPage('landing', () => <Landing />);
