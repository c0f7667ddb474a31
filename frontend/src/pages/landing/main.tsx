import { mountPage } from '../../shell/mountPage';
import { Landing } from './Landing';

mountPage(<Landing />);
