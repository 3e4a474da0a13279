/**
 * A tagging API on this machine with any number of resources, for measurements. Prints its endpoint as one line and
 * runs until it is stopped.
 */
import { parseArgs } from 'node:util';
import { generatedResources } from '../test/support/generated-resources.js';
import { TaggingStandIn } from '../test/support/tagging-stand-in.js';

const { values } = parseArgs({
  options: {
    /** Resources of each environment. */
    each: { type: 'string' },
    environment: { type: 'string', multiple: true, default: ['production', 'staging'] },
    project: { type: 'string', default: 'mht-api' },
    account: { type: 'string', default: '123456789012' },
    region: { type: 'string', default: 'us-east-1' },
    /** Throttles above so many calls a second. */
    'calls-per-second': { type: 'string' },
    /** Endpoint of an emulator that answers everything but GetResources. */
    'pass-on-to': { type: 'string' },
  },
});
const resources = generatedResources({
  project: values.project,
  environments: values.environment,
  each: Number(values.each),
  accountId: values.account,
  region: values.region,
});
const [rate, passOnTo] = [values['calls-per-second'], values['pass-on-to']];
const standIn = await TaggingStandIn.start(resources, {
  ...(rate === undefined ? {} : { callsPerSecond: Number(rate) }),
  ...(passOnTo === undefined ? {} : { passOnTo }),
});
process.stdout.write(`${standIn.endpoint}\n`);
