import { describe, expect, it } from '@jest/globals';
import { parseTerraformEvent } from '../../../src/domain/terraform-event.js';

const QUEUE =
  '"resource":{"addr":"aws_sqs_queue.q[0]","module":"","resource":"aws_sqs_queue.q[0]","implied_provider":"aws","resource_type":"aws_sqs_queue","resource_name":"q","resource_key":0}';
const head = (message: string, level = 'info') =>
  `{"@level":"${level}","@message":"${message}","@module":"terraform.ui","@timestamp":"2026-11-22T23:32:38.338946Z"`;

/** Lines that Terraform 1.11.4 wrote. */
const RECORDED = {
  version: `${head('Terraform 1.11.4')},"terraform":"1.11.4","type":"version","ui":"1.2"}`,
  planned: `${head('aws_sqs_queue.q[0]: Plan to create')},"change":{${QUEUE},"action":"create"},"type":"planned_change"}`,
  drift: `${head('aws_sqs_queue.q[0]: Drift detected (update)')},"change":{${QUEUE},"action":"update"},"type":"resource_drift"}`,
  refreshing: `${head('aws_sqs_queue.q[0]: Refreshing state...')},"hook":{${QUEUE},"id_key":"id","id_value":"staging-q-0"},"type":"refresh_start"}`,
  refreshed: `${head('aws_sqs_queue.q[0]: Refresh complete')},"hook":{${QUEUE},"id_key":"id","id_value":"staging-q-0"},"type":"refresh_complete"}`,
  started: `${head('aws_sqs_queue.q[0]: Creating...')},"hook":{${QUEUE},"action":"create"},"type":"apply_start"}`,
  progress: `${head('aws_sqs_queue.q[0]: Still creating... [10s elapsed]')},"hook":{${QUEUE},"action":"create","elapsed_seconds":10},"type":"apply_progress"}`,
  finished: `${head('aws_sqs_queue.q[0]: Creation complete after 25s')},"hook":{${QUEUE},"action":"create","id_key":"id","id_value":"staging-q-0","elapsed_seconds":25},"type":"apply_complete"}`,
  errored: `${head('aws_sqs_queue.q[0]: Creation errored after 3s', 'error')},"hook":{${QUEUE},"action":"create","elapsed_seconds":3},"type":"apply_errored"}`,
  summary: `${head('Plan: 2 to add, 0 to change, 0 to destroy.')},"changes":{"add":2,"change":0,"import":0,"remove":0,"operation":"plan"},"type":"change_summary"}`,
  outputs: `${head('Outputs: 1')},"outputs":{"s":{"sensitive":true,"type":"string"}},"type":"outputs"}`,
  warning: `${head('Warning: Deprecated Parameter', 'warn')},"diagnostic":{"severity":"warning","summary":"Deprecated Parameter","detail":"Use parameter \\"use_lockfile\\" instead."},"type":"diagnostic"}`,
  error: `${head('Error: creating SQS Queue', 'error')},"diagnostic":{"severity":"error","summary":"creating SQS Queue","detail":"","address":"aws_sqs_queue.q[0]","range":{"filename":"main.tf","start":{"line":8,"column":31,"byte":207},"end":{"line":8,"column":32,"byte":208}},"snippet":{"context":"resource \\"aws_sqs_queue\\" \\"q\\"","code":"x","start_line":8}},"type":"diagnostic"}`,
};

const address = 'aws_sqs_queue.q[0]';

describe("an event of Terraform's output", () => {
  it.each<[keyof typeof RECORDED, object]>([
    ['planned', { kind: 'planned', address, action: 'create' }],
    ['refreshing', { kind: 'refreshing', address }],
    ['started', { kind: 'started', address, action: 'create' }],
    ['progress', { kind: 'progress', address, elapsedSeconds: 10 }],
    ['finished', { kind: 'finished', address, action: 'create', elapsedSeconds: 25 }],
    ['errored', { kind: 'failed', address, action: 'create' }],
    [
      'warning',
      {
        kind: 'diagnostic',
        diagnostic: {
          severity: 'warning',
          summary: 'Deprecated Parameter',
          detail: 'Use parameter "use_lockfile" instead.',
          address: undefined,
          location: undefined,
        },
      },
    ],
    [
      'error',
      {
        kind: 'diagnostic',
        diagnostic: {
          severity: 'error',
          summary: 'creating SQS Queue',
          detail: '',
          address,
          location: 'main.tf:8',
        },
      },
    ],
  ])('"%s" is understood', (name, expected) => {
    expect(parseTerraformEvent(RECORDED[name])).toEqual(expected);
  });

  it.each<keyof typeof RECORDED>(['version', 'drift', 'refreshed', 'summary', 'outputs'])(
    '"%s" is not followed',
    (name) => {
      expect(parseTerraformEvent(RECORDED[name])).toBeUndefined();
    },
  );

  it.each(['', '\n', 'Error: plain text', 'null', '42', '[]', '{}', RECORDED.started.slice(0, -1)])(
    'is not the line %j',
    (line) => {
      expect(parseTerraformEvent(line)).toBeUndefined();
    },
  );

  it('is an error when a diagnostic does not say how grave it is', () => {
    expect(parseTerraformEvent('{"type":"diagnostic"}')).toEqual({
      kind: 'diagnostic',
      diagnostic: { severity: 'error', summary: '', detail: '', address: undefined, location: undefined },
    });
  });

  it('names the file alone where a diagnostic has no line', () => {
    expect(parseTerraformEvent('{"type":"diagnostic","diagnostic":{"range":{"filename":"main.tf"}}}')).toMatchObject({
      diagnostic: { location: 'main.tf' },
    });
  });
});
