import type { ListrTaskWrapper } from 'listr2';
import type { Progress, Stage } from '../../ports/progress.js';

/** Progress at a terminal: a list of stages with what is going on below the running one. */
export class ListrProgress implements Progress {
  readonly #stream: NodeJS.WriteStream;

  constructor(stream: NodeJS.WriteStream) {
    this.#stream = stream;
  }

  say(text: string): void {
    this.#stream.write(`${text}\n`);
  }

  async run(stages: readonly Stage[]): Promise<void> {
    const { DefaultRenderer, Listr, ListrLogger, ProcessOutput } = await import('./listr.js');
    const logger = new ListrLogger({ processOutput: new ProcessOutput(this.#stream, this.#stream) });
    const list = new Listr(
      stages.map(({ title, run }) => ({
        title,
        task: async (_: unknown, task: ListrTaskWrapper<unknown, typeof DefaultRenderer, typeof DefaultRenderer>) => {
          const notes: string[] = [];
          let doing = '';
          const show = () => {
            task.output = [...notes, doing].filter((line) => line !== '').join('\n');
          };
          await run({
            now: (text) => {
              doing = text;
              show();
            },
            // At a terminal `now` has said it already.
            event: () => undefined,
            note: (text) => {
              notes.push(text);
              show();
            },
            result: (text) => {
              task.title = `${title}: ${text}`;
            },
          });
          // Notes stay below the finished stage; listr keeps only the last output of a task.
          if (notes.length > 0) task.title = [task.title, ...notes.map((note) => `  ${note}`)].join('\n');
        },
      })),
      {
        renderer: DefaultRenderer,
        // listr2's own handler would end mhtctl at the first Ctrl-C, before Terraform has saved its state.
        registerSignalListeners: false,
        rendererOptions: { logger, collapseSubtasks: false, showErrorMessage: false, timer: undefined as never },
      },
    );
    await list.run();
  }
}
