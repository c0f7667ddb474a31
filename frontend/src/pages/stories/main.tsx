import { mountPage } from '../../shell/mountPage';
import { Stories } from './Stories';

void mountPage('stories', () => <Stories />);
