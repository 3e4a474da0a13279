import type { FileHandle } from 'node:fs/promises';
import { StringDecoder } from 'node:string_decoder';

const CHUNK_BYTES = 64 * 1024;

/** Reads what another process appends to a file and hands it on line by line. */
export class LogTail {
  readonly #decoder = new StringDecoder('utf8');
  readonly #buffer: Buffer;
  readonly #file: FileHandle;
  readonly #onLine: (line: string) => void;
  #offset: number;
  #partial = '';

  /**
   * @param file Open for reading.
   * @param offset Where to begin, in bytes.
   * @param onLine Receives each line without its LF or CRLF.
   * @param chunkBytes How much is read at once.
   */
  constructor(file: FileHandle, offset: number, onLine: (line: string) => void, chunkBytes = CHUNK_BYTES) {
    this.#file = file;
    this.#offset = offset;
    this.#onLine = onLine;
    this.#buffer = Buffer.alloc(chunkBytes);
  }

  /** Hands on every line completed since the last call. */
  async drain(): Promise<void> {
    for (;;) {
      const { bytesRead } = await this.#file.read(this.#buffer, 0, this.#buffer.length, this.#offset);
      if (bytesRead === 0) return;
      this.#offset += bytesRead;
      this.#accept(this.#decoder.write(this.#buffer.subarray(0, bytesRead)));
    }
  }

  /** Hands on the last line when it has no line break; the writer must have ended. */
  async finish(): Promise<void> {
    await this.drain();
    this.#accept(this.#decoder.end());
    if (this.#partial !== '') this.#emit(this.#partial);
    this.#partial = '';
  }

  #accept(text: string): void {
    const lines = text.split('\n');
    const last = lines.pop() ?? '';
    for (const line of lines) {
      this.#emit(this.#partial + line);
      this.#partial = '';
    }
    this.#partial += last;
  }

  #emit(line: string): void {
    this.#onLine(line.endsWith('\r') ? line.slice(0, -1) : line);
  }
}
