import type { Node } from 'web-tree-sitter';
import type { MhtctlError } from '../../domain/errors.js';
import { parseTree } from './grammar.js';
import { insideOfBlock, outline, type Statement } from './outline.js';
import type { SourceText } from './source-text.js';

/** Says where and what the syntax error is of a file that the parser refused. */
export async function syntaxErrorOf(source: SourceText): Promise<MhtctlError> {
  return (await errorIn({ offset: 0, text: source.text }, source)) ?? source.syntaxError(source.atOffset(0), 'not HCL');
}

/**
 * The first error in a text of statements. The parser recovers from errors by restructuring the whole tree, which can
 * put them lines away from their cause; so each statement is parsed by itself, down to the innermost that is broken.
 */
async function errorIn(part: Statement, source: SourceText): Promise<MhtctlError | undefined> {
  const statements = outline(part.text);
  if ('problem' in statements) {
    const { offset, problem, remedy } = statements;
    return source.syntaxError(source.atOffset(part.offset + offset), problem, remedy);
  }
  for (const { offset, text } of statements) {
    const statement = { offset: part.offset + offset, text };
    const tree = await parseTree(text);
    try {
      if (!tree.rootNode.hasError) continue;
      const inside = insideOfBlock(statement);
      const deeper = inside === undefined ? undefined : await errorIn(inside, source);
      return deeper ?? errorAt(statement, tree.rootNode, source);
    } finally {
      tree.delete();
    }
  }
  return undefined;
}

function errorAt({ offset, text }: Statement, root: Node, source: SourceText): MhtctlError {
  const broken = firstBrokenNode(root);
  const end = text.trimEnd().length;
  if (broken.isMissing || broken.startIndex >= end) {
    return source.syntaxError(source.atOffset(offset + Math.min(broken.startIndex, end)), 'something is missing here');
  }
  const [unexpected = ''] = broken.text.trim().split('\n');
  const start = broken.startIndex + (broken.text.length - broken.text.trimStart().length);
  const location = source.atOffset(offset + start);
  // Nothing more precise than the whole statement: say what a statement is instead of repeating it.
  if (unexpected === '' || text.trimStart().startsWith(unexpected)) {
    return source.syntaxError(location, 'this is neither name = value nor a block');
  }
  return source.syntaxError(location, `unexpected "${unexpected.trim()}"`);
}

/** Descends along the first broken child to the place where the parser lost its way. */
function firstBrokenNode(root: Node): Node {
  let node = root;
  for (;;) {
    const next = node.children.find((child) => child.isError || child.isMissing || child.hasError);
    // The scanner puts an empty leaf of a heredoc where it gave up; the text around it says more.
    if (next === undefined || (next.childCount === 0 && !next.isMissing)) return node;
    node = next;
  }
}
