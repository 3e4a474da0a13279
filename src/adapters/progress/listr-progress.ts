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
    // listr2 asks whether stdout is a terminal, and writes plain lines to stdout where it is not. We write to stderr,
    // which is one, or this class would not be used: stdout stays the command's data.
    class StderrRenderer extends DefaultRenderer {
      static override nonTTY = true;
    }
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
          const work = run({
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
          // Notes stay below the stage, also below one that failed; listr keeps only the last output of a task.
          await work.finally(() => {
            if (notes.length > 0) task.title = [task.title, ...notes.map((note) => `  ${note}`)].join('\n');
          });
        },
      })),
      {
        renderer: StderrRenderer,
        // listr2's own handler would end mhtctl at the first Ctrl-C, before Terraform has saved its state.
        registerSignalListeners: false,
        rendererOptions: { logger, collapseSubtasks: false, showErrorMessage: false },
      },
    );
    await list.run();
  }
}
