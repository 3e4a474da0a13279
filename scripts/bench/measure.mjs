/**
 * Runs every subject once a round, each round beginning with another one, so that whatever else the machine does
 * meets them all alike. Returns the times of each by name, in milliseconds.
 * @param {object} options
 * @param {readonly Subject[]} options.subjects
 * @param {number} options.rounds measured rounds
 * @param {number} options.warmUps rounds before them that are not measured: caches fill, files are read from disk
 *
 * @typedef {object} Subject
 * @property {string} name
 * @property {readonly (readonly string[])[]} steps commands that are run one after the other; their times add up
 * @property {{ cwd?: string, env?: NodeJS.ProcessEnv }} options
 * @property {() => Promise<void>} [prepare] what is done before each run and is not measured
 */
export async function measureInTurn({ subjects, rounds, warmUps, processes, say }) {
  const times = new Map(subjects.map(({ name }) => [name, []]));
  for (let round = -warmUps; round < rounds; round += 1) {
    const first = (round + warmUps) % subjects.length;
    for (const subject of [...subjects.slice(first), ...subjects.slice(0, first)]) {
      await subject.prepare?.();
      let total = 0;
      for (const step of subject.steps) total += (await processes.run(step, subject.options)).milliseconds;
      if (round >= 0) times.get(subject.name).push(total);
      if (total > 1000) say(`  ${round < 0 ? 'warm-up' : `round ${round + 1}`}: ${subject.name} ${seconds(total)}`);
    }
  }
  return times;
}

/** The middle value; the mean of the middle two when there is no one in the middle. */
export function median(values) {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Milliseconds as people read them. */
export function seconds(milliseconds) {
  return milliseconds < 1000 ? `${milliseconds.toFixed(0)} ms` : `${(milliseconds / 1000).toFixed(2)} s`;
}
