import { describe, expect, it } from '@jest/globals';
import { adoptionText } from '../../../../src/domain/migration/adoption.js';

const MOVE = { from: 'aws_s3_bucket.data', to: 'module.storage.aws_s3_bucket.this["data"]' };
const IMPORT = { to: 'aws_cloudwatch_log_group.this', id: '/mht/"$' + '{odd}"' };

describe('the file of moves and imports', () => {
  const text = adoptionText({ moves: [MOVE], imports: [IMPORT] }, 'production', null) ?? '';

  it('has a block for each', () => {
    expect(text).toContain(
      'moved {\n  from = aws_s3_bucket.data\n  to   = module.storage.aws_s3_bucket.this["data"]\n}\n',
    );
  });

  it('imports for its environment alone, and quotes as HCL does', () => {
    expect(text).toContain(
      '  for_each = var.environment == "production" ? toset(["/mht/\\"$${odd}\\""]) : toset([])\n' +
        '  to       = aws_cloudwatch_log_group.this\n  id       = each.value\n',
    );
  });

  it('is not needed where there is nothing to write', () => {
    expect(adoptionText({ moves: [], imports: [] }, 'production', null)).toBeNull();
    expect(adoptionText({ moves: [], imports: [] }, 'production', '# mine\n')).toBe('# mine\n');
  });

  it('stays as it is where it says all that already, and is added to otherwise', () => {
    expect(adoptionText({ moves: [MOVE], imports: [] }, 'production', text)).toBe(text);
    const more = adoptionText({ moves: [{ from: 'a.b', to: 'c.d' }], imports: [] }, 'production', text) ?? '';
    expect(more.startsWith(text.trimEnd())).toBe(true);
    expect(more.match(/moved \{/g)).toHaveLength(2);
    expect(more.match(/^# Written/gm)).toHaveLength(1);
  });
});
