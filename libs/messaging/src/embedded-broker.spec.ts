import { describeBroker } from './broker.behaviour.js';
import { LogFile } from './embedded-broker.fixture.js';

const files: LogFile[] = [];
afterAll(() => files.forEach((file) => file.remove()));

describeBroker('the embedded broker', async () => {
  const file = new LogFile();
  files.push(file);
  return { broker: file.open(), reopen: async () => file.open() };
});
