import { describe, expect, it } from '@jest/globals';
import type { DriftedResource } from '../../../../src/domain/drift/changed-resource.js';
import type { DriftAnswer, EnvironmentDrift } from '../../../../src/domain/drift/environment-drift.js';
import { MhtctlError } from '../../../../src/domain/errors.js';
import type { Json } from '../../../../src/domain/plan.js';
import { driftsJson } from '../../../../src/presenters/drift/drift-json.js';
import { driftMarkdown } from '../../../../src/presenters/drift/drift-markdown.js';
import { driftText } from '../../../../src/presenters/drift/drift-text.js';
import { textStyle } from '../../../../src/presenters/style.js';

const PLAIN = textStyle(false);
const updated = (address: string, path: string, before: Json, after: Json, undoneByDeploy = true): DriftedResource => ({
  address,
  type: 'aws_sqs_queue',
  action: 'update',
  attributes: [{ path, before, after, undoneByDeploy }],
});
const QUEUE = updated('module.queues.aws_sqs_queue.this["feedback"]', 'timeout', 60, 77);
const GONE: DriftedResource = { address: 'aws_x.gone', type: 'aws_x', action: 'delete', attributes: [] };
const GROUP = updated('aws_security_group.app', 'ingress', null, 'tcp 22 0.0.0.0/0', false);

const answer = (drift: readonly DriftedResource[], parts: Partial<EnvironmentDrift> = {}): DriftAnswer => ({
  environment: 'staging',
  found: { environment: 'staging', deployed: true, drift, unmanaged: [], ...parts },
});
const FAILED: DriftAnswer = {
  environment: 'production',
  failure: new MhtctlError({ code: 'StateLocked', outcome: 'locked', message: 'by ada', nextSteps: ['wait'] }),
};

describe('the text', () => {
  it('says resource by resource what was and what is, and what to do', () => {
    expect(driftText([answer([QUEUE, GONE, GROUP])], PLAIN)).toBe(
      [
        'staging: 3 resources have drifted',
        '  ~ module.queues.aws_sqs_queue.this["feedback"]',
        '      timeout  60 → 77',
        '  - aws_x.gone',
        '      is gone',
        '  ~ aws_security_group.app',
        '      ingress  added: tcp 22 0.0.0.0/0',
        '  → undo it: mhtctl deploy staging',
        '  → or keep it: write it into the configuration, then: mhtctl drift staging',
        '  → what was added stays: remove it where it was made, or import it',
      ].join('\n'),
    );
  });

  it('does not send to a deployment that would undo nothing', () => {
    expect(driftText([answer([GROUP])], PLAIN)).not.toContain('mhtctl deploy');
    expect(driftText([answer([QUEUE])], PLAIN)).not.toContain('stays');
  });

  it('says that there is none, and counts what the configuration leaves as it is', () => {
    const unmanaged = [{ ...QUEUE, attributes: [...QUEUE.attributes, ...GROUP.attributes] }, GONE];
    expect(driftText([answer([], { unmanaged })], PLAIN)).toBe(
      'staging: no drift\n' +
        '  3 other changes of 2 resources that the configuration leaves as they are: mhtctl drift staging --json lists them',
    );
    expect(driftText([answer([], { deployed: false }), FAILED], PLAIN)).toBe(
      'staging: never deployed\n\nproduction: not known',
    );
  });

  it('keeps to the columns of a terminal, whatever is shown', () => {
    const long = updated('aws_x.y', 'policy', 'x'.repeat(500), JSON.stringify({ Statement: 'y'.repeat(500) }));
    const lines = driftText([answer([QUEUE, GONE, GROUP, long])], textStyle(false, 80)).split('\n');
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
    expect(lines.join('')).toContain('…');
  });

  it.each([
    [null, '', '(none) → ""'],
    [true, ['a', 'b'], 'true → ["a","b"]'],
    ['a\u001b[31mb', 'c\nd', 'a\\u001b[31mb → c\\nd'],
  ] as const)('shows %j and %j on a line, with every character they have', (before, after, said) => {
    expect(driftText([answer([updated('aws_x.y', 'p', before, after)])], PLAIN)).toContain(`p  ${said}\n`);
  });
});

describe('the Markdown', () => {
  it('names resources and attributes, and tells no value', () => {
    const text = driftMarkdown([answer([QUEUE, GONE, GROUP]), FAILED]);
    expect(text).toContain('### staging\\: 3 resources have drifted');
    expect(text).toContain('~ module.queues.aws_sqs_queue.this["feedback"]: timeout\n');
    expect(text).toContain('- aws_x.gone: gone\n');
    expect(text).toContain('~ aws_security_group.app: ingress (added to)\n');
    expect(text).toContain('- undo it\\: mhtctl deploy staging');
    expect(text).toContain('### production: not known\n\nStateLocked, exit 6.');
    for (const value of ['60', '77', '0.0.0.0/0', 'by ada']) expect(text).not.toContain(value);
  });

  it('has no markup but its own', () => {
    const hostile = updated('aws_x.y["```\n# @all <b>"]', 'tags["`]', 'a', 'b');
    const text = driftMarkdown([answer([hostile])]);
    const fences = text.split('\n').filter((line) => /^`{3,}/.test(line));
    expect(fences).toEqual(['````text', '````']);
    expect(text).toContain('~ aws_x.y["```\\n# @all <b>"]: tags["`]');
  });

  it('fits into an issue', () => {
    const many = Array.from({ length: 5000 }, (_, index) => ({
      ...QUEUE,
      address: `aws_sqs_queue.this["${index}"]`,
      attributes: Array.from({ length: 100 }, (__, key) => ({ ...QUEUE.attributes[0], path: `tags.k${key}` }) as never),
    }));
    const text = driftMarkdown([answer(many)]);
    expect(text.length).toBeLessThan(30_000);
    expect(text).toContain('and 4950 more');
    expect(text).toContain('90 other attributes');
  });
});

describe('the JSON', () => {
  it('has everything of each environment, or why it is not known', () => {
    expect(driftsJson([answer([QUEUE], { unmanaged: [GONE] }), FAILED])).toEqual({
      environments: [
        {
          environment: 'staging',
          deployed: true,
          drift: [QUEUE],
          unmanaged: [GONE],
          nextSteps: [
            'undo it: mhtctl deploy staging',
            'or keep it: write it into the configuration, then: mhtctl drift staging',
          ],
        },
        {
          environment: 'production',
          error: { code: 'StateLocked', message: 'by ada', exitCode: 6, nextSteps: ['wait'] },
        },
      ],
    });
  });
});
