import type { DriftedResource } from '../../domain/drift/changed-resource.js';
import { type DriftAnswer, driftRemedies, type EnvironmentDrift } from '../../domain/drift/environment-drift.js';
import type { MhtctlError } from '../../domain/errors.js';
import { plain, verbatim } from '../markdown.js';
import { printable } from '../printable.js';
import { counted } from '../separation/words.js';
import { driftHeadline } from './drift-text.js';

/** Resources of an environment that are listed before the rest is counted: an issue on GitHub takes 65,536 characters. */
const MOST_RESOURCES = 50;
/** Attributes of a resource that are listed before the rest is counted. */
const MOST_ATTRIBUTES = 10;

/**
 * The drift of each environment in Markdown, for an issue or a job's page: what has drifted, never a value, since more
 * people may read it than may read the environment.
 */
export function driftMarkdown(answers: readonly DriftAnswer[]): string {
  return answers
    .map(({ environment, found, failure }) =>
      failure === undefined ? environmentBlock(found) : failureBlock(environment, failure),
    )
    .join('\n\n');
}

function failureBlock(environment: string, { code, exitCode }: MhtctlError): string {
  const head = `### ${plain(environment)}: not known`;
  return `${head}\n\n${plain(code)}, exit ${exitCode}. Why, and what to do, is in the log.`;
}

function environmentBlock(found: EnvironmentDrift): string {
  const { drift } = found;
  const head = `### ${plain(driftHeadline(found))}`;
  if (drift.length === 0) return head;
  const left = drift.length - MOST_RESOURCES;
  const lines = [...drift.slice(0, MOST_RESOURCES).map(lineOf), ...(left > 0 ? [`and ${left} more`] : [])];
  const remedies = driftRemedies(found).map((step) => `- ${plain(step)}`);
  return [head, verbatim(lines), remedies.join('\n')].join('\n\n');
}

function lineOf({ address, action, attributes }: DriftedResource): string {
  if (action === 'delete') return `- ${printable(address)}: gone`;
  const left = attributes.length - MOST_ATTRIBUTES;
  const paths = attributes
    .slice(0, MOST_ATTRIBUTES)
    .map(({ path, undoneByDeploy }) => (undoneByDeploy ? printable(path) : `${printable(path)} (added to)`));
  return `~ ${printable(address)}: ${[...paths, ...(left > 0 ? [counted(left, 'other attribute')] : [])].join(', ')}`;
}
