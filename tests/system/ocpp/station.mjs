// A charger of somebody else's making: the npm library ocpp-rpc, which checks every frame of ours by schemas of its own.
//   node station.mjs URL IDENTITY KEY PROTOCOL TOKEN COMMANDS
// Tells one charge, and answers so many commands; what it saw goes to standard output as JSON.
import { createRequire } from 'node:module';

const { RPCClient } = createRequire(new URL('../../../frontend/package.json', import.meta.url))('ocpp-rpc');
const [url, identity, password, protocol, token, commands] = process.argv.slice(2);
const is16 = protocol === 'ocpp1.6';
const seen = { bad: [], asked: [], answers: {} };

const client = new RPCClient({ endpoint: `${url}/ocpp`, identity, password, protocols: [protocol], strictMode: true, reconnect: false });
client.on('badMessage', ({ error }) => seen.bad.push(String(error)));
client.on('strictValidationFailure', ({ error, method }) => seen.bad.push(`${method}: ${error}`));

const variable = { component: { name: 'A' }, variable: { name: 'B' }, attributeStatus: 'Accepted' };
const replies = {
  UnlockConnector: { status: 'Unlocked' },
  GetConfiguration: { configurationKey: [], unknownKey: [] },
  GetVariables: { getVariableResult: [variable] },
  SetVariables: { setVariableResult: [variable] },
};
client.handle(({ method, params }) => {
  seen.asked.push([method, params]);
  return replies[method] ?? { status: 'Accepted' };
});

const at = (seconds) => new Date(Date.now() - 60_000 + seconds * 1000).toISOString();
const value = (wh) => [{ value: is16 ? String(wh) : wh, measurand: 'Energy.Active.Import.Register' }];
const told = async (name, method, params) => {
  seen.answers[name] = await client.call(method, params).catch((error) => ({ error: error.rpcErrorCode ?? String(error) }));
  return seen.answers[name];
};

async function charge16() {
  await told('boot', 'BootNotification', { chargePointVendor: 'Elsewhere', chargePointModel: 'Ampel' });
  await told('status', 'StatusNotification', { connectorId: 1, errorCode: 'NoError', status: 'Preparing' });
  await told('authorize', 'Authorize', { idTag: token });
  const start = { connectorId: 1, idTag: token, meterStart: 70_000, timestamp: at(0) };
  const { transactionId } = await told('start', 'StartTransaction', start);
  await told('again', 'StartTransaction', start);
  for (const [seconds, wh] of [[10, 70_120], [20, 70_240]]) {
    await told('meter', 'MeterValues', { connectorId: 1, transactionId, meterValue: [{ timestamp: at(seconds), sampledValue: value(wh) }] });
  }
  await told('stop', 'StopTransaction', { transactionId, meterStop: 70_321, timestamp: at(30), reason: 'Local' });
}

async function charge201() {
  const event = (eventType, seqNo, wh, more = {}) => ({
    eventType, seqNo, timestamp: at(seqNo * 10), triggerReason: 'MeterValuePeriodic', evse: { id: 1, connectorId: 1 },
    transactionInfo: { transactionId: 'ampel-1', chargingState: 'Charging', ...more },
    meterValue: [{ timestamp: at(seqNo * 10), sampledValue: value(wh) }],
  });
  await told('boot', 'BootNotification', { reason: 'PowerUp', chargingStation: { vendorName: 'Elsewhere', model: 'Ampel' } });
  await told('status', 'StatusNotification', { timestamp: at(0), connectorStatus: 'Occupied', evseId: 1, connectorId: 1 });
  await told('authorize', 'Authorize', { idToken: { idToken: token, type: 'Central' } });
  const start = { ...event('Started', 0, 70_000), idToken: { idToken: token, type: 'Central' } };
  await told('start', 'TransactionEvent', start);
  await told('again', 'TransactionEvent', start);
  await told('meter', 'TransactionEvent', event('Updated', 2, 70_240));
  await told('late', 'TransactionEvent', event('Updated', 1, 70_120));
  await told('stop', 'TransactionEvent', event('Ended', 3, 70_321, { stoppedReason: 'Local' }));
}

await client.connect();
await (is16 ? charge16() : charge201());
await told('heartbeat', 'Heartbeat', {});
await told('transfer', 'DataTransfer', { vendorId: 'elsewhere', data: 'anything' });
for (let waits = 0; seen.asked.length < Number(commands) && waits < 150; waits += 1) await new Promise((done) => setTimeout(done, 100));
await client.close({ awaitPending: true }); // the last answer goes out first
process.stdout.write(JSON.stringify(seen));
